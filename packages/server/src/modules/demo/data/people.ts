import type { Chance } from './chance.ts';
import { email } from './company.ts';
import type { DemoEntity } from './demo.ts';
import type { Moments } from './moments.ts';
import { type Team, teams } from './teams.ts';

export interface Person {
  readonly email: string;
  readonly name: string;
  readonly team: Team;
  readonly jobTitle: string;
  readonly manager?: string;
}

/** Everybody, and who leads what. */
export interface People {
  readonly everyone: readonly Person[];
  /** Team to email of its lead. */
  readonly leads: ReadonlyMap<string, string>;
  /** The people of a team who can be called, its lead among them. */
  members(team: string): readonly Person[];
}

// Invented: first and family names are drawn apart, from many languages, and joined by chance.
const firstNames =
  'Amara Anouk Bartek Beatriz Cem Chiara Daan Dilara Eero Elif Farid Femke Giulia Hana Ilse Imran Ines Jonas Kaito Katja Lars Leila Luca Maeve Malik Mateus Mila Nadia Niamh Noor Oskar Petra Priya Rafael Ronja Samir Sanne Tariq Tove Yara'.split(
    ' ',
  );
const familyNames =
  'Achterberg Almeida Bakker Brandt Castellan Demir Dijkhof Eklund Faber Ferreiro Gallo Haverkamp Hoekman Iversen Jansma Kaya Kessel Lindqvist Marchetti Mendonca Nakano Novak Okafor Olander Pereira Quist Rahimi Rossel Saito Sandoval Thorne Uyar Valdez Verweij Wachter Wolters Yilmaz Zandberg Zielin Zoric'.split(
    ' ',
  );

const timeZones: Readonly<Record<string, string>> = {
  Hamburg: 'Europe/Berlin',
  Berlin: 'Europe/Berlin',
  Rotterdam: 'Europe/Amsterdam',
  Utrecht: 'Europe/Amsterdam',
  Dublin: 'Europe/Dublin',
  Lisbon: 'Europe/Lisbon',
};

const jobTitles = ['Senior engineer', 'Engineer', 'Engineer', 'Staff engineer', 'Junior engineer'] as const;
const skills = [
  'Kotlin',
  'Go',
  'TypeScript',
  'Python',
  'Rust',
  'PostgreSQL',
  'Kubernetes',
  'Accessibility',
  'Observability',
  'Event streams',
  'Threat modelling',
  'Mentoring',
] as const;
const TEAM_SIZES = [1, 2, 2, 1] as const;

/** Hires the company: a lead for every node of the hierarchy, and one or two engineers beside each team's lead. */
export function hire(chance: Chance): People {
  const names = shuffled(firstNames, chance);
  const families = shuffled(familyNames, chance);
  const everyone: Person[] = [];
  const leads = new Map<string, string>();
  const add = (team: Team, jobTitle: string, manager: string | undefined): Person => {
    const place = everyone.length;
    const name = `${names[place % names.length]} ${families[(place * 7) % families.length]}`;
    const person = {
      email: email(name.toLowerCase().replace(' ', '.')),
      name,
      team,
      jobTitle,
      ...(manager ? { manager } : {}),
    };
    everyone.push(person);
    return person;
  };
  for (const team of teams) leads.set(team.id, add(team, leadTitle(team), leads.get(team.partOf ?? '')).email);
  for (const [place, team] of teams.filter(({ kind }) => kind === 'Team').entries()) {
    const size = TEAM_SIZES[place % TEAM_SIZES.length] ?? 1;
    for (let hired = 0; hired < size; hired += 1) add(team, chance.pick(jobTitles), leads.get(team.id));
  }
  return { everyone, leads, members: (team) => everyone.filter((person) => person.team.id === team) };
}

/** People as entities; two have left and one has only been invited, as in any real directory. */
export function personEntities(people: People, chance: Chance, moments: Moments): DemoEntity[] {
  return people.everyone.map((person, place) => {
    const status = place === people.everyone.length - 1 ? 'Invited' : place % 19 === 18 ? 'Disabled' : 'Active';
    return {
      blueprint: '_user',
      identifier: person.email,
      title: person.name,
      team: [person.team.id],
      properties: {
        status,
        job_title: person.jobTitle,
        office: person.team.office,
        time_zone: timeZones[person.team.office],
        joined_at: moments.daysAgo(status === 'Invited' ? -6 : chance.between(40, 2600)),
        skills: chance.some(skills, chance.between(1, 4)),
      },
      relations: { teams: [person.team.id], manager: person.manager ?? null },
    };
  });
}

function leadTitle({ kind, title }: Team): string {
  if (kind === 'Department') return 'Chief technology officer';
  return kind === 'Group' ? `Director, ${title.toLowerCase()}` : 'Team lead';
}

function shuffled(list: readonly string[], chance: Chance): string[] {
  const ranked = list.map((entry) => ({ entry, rank: chance.next() }));
  return ranked.sort((one, other) => one.rank - other.rank).map(({ entry }) => entry);
}

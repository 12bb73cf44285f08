import type { Chance } from './chance.ts';
import { links } from './company.ts';
import type { DemoEntity } from './demo.ts';
import type { Moments } from './moments.ts';
import type { People } from './people.ts';
import { type ServiceSketch, serviceSketches } from './service-sketches.ts';

interface Library {
  readonly id: string;
  readonly team: string;
  readonly language: ServiceSketch['language'];
  readonly version: string;
  readonly releasedDaysAgo: number;
  readonly about: string;
  readonly dependsOn?: readonly string[];
  readonly deprecated?: boolean;
}

const libraries: readonly Library[] = [
  {
    id: 'tide-http-kt',
    team: 'developer-platform',
    language: 'Kotlin',
    version: '5.4.1',
    releasedDaysAgo: 12,
    about: 'Server and client with our timeouts, retries and tracing.',
    dependsOn: ['tide-telemetry-kt'],
  },
  {
    id: 'tide-http-go',
    team: 'developer-platform',
    language: 'Go',
    version: '3.9.0',
    releasedDaysAgo: 20,
    about: 'The same for Go.',
  },
  {
    id: 'tide-telemetry-kt',
    team: 'reliability',
    language: 'Kotlin',
    version: '2.2.0',
    releasedDaysAgo: 64,
    about: 'Traces, metrics and logs that look alike everywhere.',
  },
  {
    id: 'tide-events',
    team: 'data-platform',
    language: 'Kotlin',
    version: '4.0.3',
    releasedDaysAgo: 8,
    about: 'Publishes and reads topics; checks the contract of every message.',
    dependsOn: ['tide-telemetry-kt'],
  },
  {
    id: 'tide-money',
    team: 'payments',
    language: 'Kotlin',
    version: '1.8.2',
    releasedDaysAgo: 210,
    about: 'Amounts that cannot be added across currencies.',
  },
  {
    id: 'shop-components',
    team: 'storefront',
    language: 'TypeScript',
    version: '12.1.0',
    releasedDaysAgo: 3,
    about: 'Buttons, fields and cards of the shop, with their accessibility tests.',
  },
  {
    id: 'tide-auth',
    team: 'security',
    language: 'TypeScript',
    version: '6.0.0',
    releasedDaysAgo: 31,
    about: 'Checks tokens, knows who is asking.',
  },
  {
    id: 'price-rules',
    team: 'checkout',
    language: 'Kotlin',
    version: '0.14.7',
    releasedDaysAgo: 512,
    about: 'Discount rules as they were before Promotions existed.',
    dependsOn: ['tide-money'],
    deprecated: true,
  },
];

/** The libraries that a service of this kind is built with. */
export function librariesOf({ id, language }: ServiceSketch): string[] {
  if (language === 'Kotlin')
    return [
      'tide-http-kt',
      'tide-events',
      ...(moneyServices.has(id) ? ['tide-money'] : []),
      ...(id === 'promotions' ? ['price-rules'] : []),
    ];
  if (language === 'Go') return ['tide-http-go'];
  if (language === 'TypeScript')
    return ['tide-auth', ...(id === 'web-shop' || id === 'help-desk' ? ['shop-components'] : [])];
  return [];
}

const moneyServices = new Set([
  'checkout',
  'orders',
  'pricing',
  'promotions',
  'payments',
  'gift-cards',
  'ledger',
  'invoices',
]);

export function libraryEntities(moments: Moments): DemoEntity[] {
  return libraries.map((library) => ({
    blueprint: 'library',
    identifier: library.id,
    title: library.id,
    team: [library.team],
    properties: {
      description: library.about,
      language: library.language,
      lifecycle: library.deprecated ? 'Deprecated' : 'Production',
      version: library.version,
      released_at: moments.daysAgo(library.releasedDaysAgo),
      package: links.packages(library.id),
    },
    relations: { repository: library.id, depends_on: [...(library.dependsOn ?? [])] },
  }));
}

/** The repository of a service; null for what nobody finds the code of any more. */
export function repositoryOf(service: ServiceSketch): string | null {
  return service.id === 'newsletter' ? null : (service.repository ?? groupedRepositories[service.id] ?? service.id);
}

/** Small things that live with their neighbours. */
const groupedRepositories: Readonly<Record<string, string>> = {
  'stock-reservations': 'stock-levels',
  'address-book': 'customer-profile',
  'gift-cards': 'payments',
  'driver-gateway': 'parcel-tracking',
  promotions: 'pricing',
  'feature-store': 'data-jobs',
  'event-lake': 'data-jobs',
  'sales-reports': 'data-jobs',
  'returns-desk': 'warehouse-handhelds',
};

export function repositoryEntities(people: People, chance: Chance, moments: Moments): DemoEntity[] {
  const ofServices = Map.groupBy(serviceSketches.filter(repositoryOf), (service) => repositoryOf(service) ?? '');
  const inServices = [...ofServices].map(([name, [first]]) => ({
    name,
    team: first?.team ?? null,
    language: first?.language ?? 'Go',
    library: false,
  }));
  const inLibraries = libraries.map(({ id, team, language }) => ({ name: id, team, language, library: true }));
  return [...inServices, ...inLibraries].map(({ name, team, language, library }) => {
    const left = team === null;
    return {
      blueprint: 'repository',
      identifier: name,
      title: name,
      team: team ? [team] : [],
      properties: {
        description: library
          ? `The library ${name}`
          : `Code of ${(ofServices.get(name) ?? []).map(({ title }) => title).join(', ')}`,
        url: links.code(name),
        language,
        visibility: name === 'shop-components' ? 'Public' : left ? 'Private' : 'Internal',
        default_branch: left ? 'master' : 'main',
        open_pull_requests: left ? chance.between(4, 19) : chance.between(0, 11),
        last_commit_at: left ? moments.daysAgo(chance.between(200, 700)) : moments.hoursAgo(chance.between(1, 220)),
        branch_protection: !left && name !== 'supplier-feed',
        archived: name === 'legacy-price-import',
        readme: readme(name, language),
      },
      relations: {
        maintainers: team
          ? people
              .members(team)
              .slice(0, 2)
              .map((person) => person.email)
          : [],
      },
    };
  });
}

/** One pipeline per service that has a repository of its own or a place in a shared one; some are in trouble. */
export function pipelineEntities(chance: Chance, moments: Moments): DemoEntity[] {
  const shipped = serviceSketches.filter((service) => repositoryOf(service) !== null && service.tier < 3);
  return shipped.map((service) => {
    const status = troubled[service.id] ?? 'Passing';
    return {
      blueprint: 'pipeline',
      identifier: `${service.id}-main`,
      title: `${service.title} · main`,
      team: service.team ? [service.team] : [],
      properties: {
        status,
        url: links.ci(service.id),
        last_run_at: status === 'Running' ? moments.minutesAgo(4) : moments.minutesAgo(chance.between(20, 5000)),
        duration_minutes: service.language === 'Rust' ? chance.between(14, 31) : chance.between(3, 16),
        success_rate: status === 'Failing' ? chance.between(38, 66) : chance.between(84, 100),
        ...(status === 'Failing' && {
          failing_step: chance.pick(['integration tests', 'image scan', 'contract check', 'deploy to staging']),
        }),
      },
      relations: { repository: repositoryOf(service), ships: service.id },
    };
  });
}

const troubled: Readonly<Record<string, 'Failing' | 'Running' | 'Switched off'>> = {
  'product-search': 'Failing',
  'driver-gateway': 'Failing',
  'fraud-check': 'Failing',
  checkout: 'Running',
  'web-shop': 'Running',
  'mobile-gateway': 'Switched off',
};

const commands: Readonly<Record<ServiceSketch['language'], readonly [string, string]>> = {
  TypeScript: ['npm install && npm run dev', 'npm test'],
  Kotlin: ['./gradlew run', './gradlew check'],
  Go: ['go run ./cmd/server', 'go test ./...'],
  Python: ['uv run serve', 'uv run pytest'],
  Rust: ['cargo run', 'cargo test'],
};

function readme(name: string, language: ServiceSketch['language']): string {
  const [run, test] = commands[language];
  return `# ${name}\n\n## Run it\n\n\`\`\`sh\ngit clone ${links.code(name)}.git\ncd ${name}\n${run}\n\`\`\`\n\n## Test it\n\n\`\`\`sh\n${test}\n\`\`\`\n\n## Ship it\n\nMerge to the default branch: the pipeline brings it to staging, and to production once the checks there have been green for ten minutes.`;
}

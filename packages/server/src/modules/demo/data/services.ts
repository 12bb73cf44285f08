import { apiSketches } from './api-sketches.ts';
import type { Chance } from './chance.ts';
import { librariesOf, repositoryOf } from './code.ts';
import { DOMAIN, links } from './company.ts';
import type { DemoEntity } from './demo.ts';
import { homeOf } from './deployments.ts';
import type { Moments } from './moments.ts';
import { onCallOf, scheduleOf } from './operations.ts';
import type { People } from './people.ts';
import { runbook } from './runbook.ts';
import { type ServiceSketch, serviceSketches } from './service-sketches.ts';

const withApi: ReadonlySet<string> = new Set(apiSketches.map(({ service }) => service));

/** Services as entities; `deployed` says when each last came to production well. */
export function serviceEntities(
  people: People,
  deployed: ReadonlyMap<string, string>,
  chance: Chance,
  moments: Moments,
): DemoEntity[] {
  return serviceSketches.map((service) => ({
    blueprint: 'service',
    identifier: service.id,
    title: service.title,
    team: service.team ? [service.team] : [],
    properties: {
      ...whatItIs(service),
      ...howItDoes(service, chance),
      ...(onCallOf(service.team, people) && { on_call: onCallOf(service.team, people) }),
      last_deployed_at:
        deployed.get(service.id) ?? moments.daysAgo(chance.between(service.team ? 20 : 400, service.team ? 140 : 900)),
    },
    relations: relationsOf(service, people),
  }));
}

function whatItIs(service: ServiceSketch): Record<string, unknown> {
  const neglected = service.team === null;
  return {
    description: service.about,
    type: service.type,
    tier: `Tier ${service.tier}`,
    lifecycle: service.lifecycle ?? 'Production',
    language: service.language,
    ...(service.type === 'Web app' || service.type === 'API' ? { url: urlOf(service) } : {}),
    personal_data: service.personalData ?? false,
    tags: tagsOf(service),
    links: [
      { url: links.dashboard(service.id), displayText: 'Dashboard' },
      { url: links.logs(service.id), displayText: 'Logs' },
      ...(service.team ? [{ url: links.chat(service.team), displayText: 'Chat' }] : []),
    ],
    ...(!neglected && service.tier < 3 && { runbook: runbook(service) }),
  };
}

function howItDoes(service: ServiceSketch, chance: Chance): Record<string, unknown> {
  const answers = service.type === 'API' || service.type === 'Web app';
  const error =
    service.health === 'Down'
      ? 61.4
      : service.health === 'Degraded'
        ? 2.1 + chance.next() * 3
        : chance.next() ** 3 * 0.9;
  const latency = service.health === 'Degraded' ? chance.between(900, 2400) : chance.between(18, 420);
  const cost = (4 - service.tier) ** 2 * chance.between(110, 460);
  return {
    health: service.health ?? 'Healthy',
    error_rate: Math.round(error * 100) / 100,
    ...(answers && { latency_p95: latency }),
    ...(service.team && { test_coverage: chance.between(service.language === 'Rust' ? 80 : 46, 97) }),
    monthly_cost: cost,
  };
}

function relationsOf(service: ServiceSketch, people: People): Record<string, string | string[] | null> {
  const dependsOn = service.dependsOn ?? [];
  const abroad = service.tier === 1 && homeOf(service) === 'production-eu' ? ['production-us'] : [];
  return {
    capability: service.capability,
    repository: repositoryOf(service),
    depends_on: [...dependsOn],
    consumes: dependsOn.filter((name) => withApi.has(name)).map((name) => `${name}-api`),
    libraries: librariesOf(service),
    resources: [...(service.resources ?? [])],
    publishes: [...(service.publishes ?? [])],
    subscribes: [...(service.subscribes ?? [])],
    environments: service.team === null ? [homeOf(service)] : ['staging', homeOf(service), ...abroad],
    schedule: scheduleOf(service.team),
    tech_lead: (service.team === null ? undefined : people.leads.get(service.team)) ?? null,
  };
}

function urlOf({ id, type }: ServiceSketch): string {
  return type === 'Web app' ? `https://${id === 'web-shop' ? 'www' : id}.${DOMAIN}` : `https://api.${DOMAIN}/${id}`;
}

function tagsOf(service: ServiceSketch): string[] {
  const tags = [service.type === 'API' || service.type === 'Web app' ? 'online' : 'background'];
  if (service.personalData) tags.push('gdpr');
  if (service.capability === 'payment-processing') tags.push('pci');
  if (service.publishes?.length || service.subscribes?.length) tags.push('events');
  return tags;
}

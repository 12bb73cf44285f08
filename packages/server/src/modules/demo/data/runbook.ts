import { links } from './company.ts';
import type { ServiceSketch } from './service-sketches.ts';

/** What the person who is called at night reads first. */
export function runbook(service: ServiceSketch): string {
  return [
    `# ${service.title}: when it breaks`,
    service.about,
    '## First look',
    `1. [Dashboard](${links.dashboard(service.id)}): is it errors, latency or traffic?\n2. [Logs](${links.logs(service.id)}), last 15 minutes, level *error*.\n3. Was it deployed in the last two hours? Then roll back first and think later.`,
    `\`\`\`sh\ntide rollback ${service.id} --environment production-eu\n\`\`\``,
    '## Known troubles',
    `| sign | likely cause | what helps |\n|---|---|---|\n${troubles(service)
      .map((row) => `| ${row.join(' | ')} |`)
      .join('\n')}`,
    ...(service.dependsOn?.length
      ? ['## What it needs', service.dependsOn.map((name) => `- \`${name}\``).join('\n')]
      : []),
    '## Who else to call',
    service.tier === 1
      ? 'After 15 minutes without progress, Reliability. Do not wait until you are sure.'
      : 'The team in the morning. It can wait until then.',
  ].join('\n\n');
}

function troubles({ type, resources = [], subscribes = [], publishes = [] }: ServiceSketch): string[][] {
  const rows: string[][] = [];
  if (resources.some((name) => name.includes('-db')))
    rows.push(['connections at the limit', 'a slow query holds them', `end it, then look at \`${resources[0]}\``]);
  if (resources.some((name) => /cache|store/.test(name)))
    rows.push([
      'latency doubles at once',
      'the cache is cold',
      'wait ten minutes; halve the traffic if it does not fall',
    ]);
  if (subscribes.length > 0)
    rows.push([`\`${subscribes[0]}\` is behind`, 'one message cannot be read', 'put it aside, tell its publisher']);
  if (publishes.length > 0)
    rows.push([
      `nothing arrives on \`${publishes[0]}\``,
      'the contract was refused',
      'compare the last change of the contract',
    ]);
  if (type === 'Web app') rows.push(['white page', 'a script did not load', 'purge the edge for this release']);
  if (type === 'Batch job')
    rows.push(['did not finish by six', 'more input than usual', 'start it again with twice the workers']);
  rows.push(['restarts every few minutes', 'out of memory', 'raise the limit by half, file a ticket']);
  return rows;
}

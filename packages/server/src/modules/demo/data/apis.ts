import { apiSketches } from './api-sketches.ts';
import { DOMAIN } from './company.ts';
import type { DemoEntity } from './demo.ts';
import { openApi } from './open-api.ts';
import { serviceSketches } from './service-sketches.ts';

/** Every API with its description, owned by the team of the service that provides it. */
export function apiEntities(): DemoEntity[] {
  return apiSketches.map((sketch) => {
    const provider = serviceSketches.find(({ id }) => id === sketch.service);
    const url = `https://api.${DOMAIN}/${sketch.service}`;
    return {
      blueprint: 'service_api',
      identifier: sketch.id,
      title: sketch.title,
      team: provider?.team ? [provider.team] : [],
      properties: {
        description: sketch.about,
        lifecycle: provider?.lifecycle ?? 'Production',
        version: sketch.version,
        audience: sketch.audience,
        url,
        requests_per_minute: sketch.requestsPerMinute,
        specification: openApi(sketch, url),
      },
      relations: { provided_by: sketch.service },
    };
  });
}

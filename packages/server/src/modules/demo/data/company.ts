/** The company: Tidewick sells things for house and garden, and brings them with parcel vans of its own. */
export const DOMAIN = 'tidewick.example';

export const links = {
  code: (name: string) => `https://git.${DOMAIN}/tidewick/${name}`,
  dashboard: (name: string) => `https://metrics.${DOMAIN}/d/${name}`,
  logs: (name: string) => `https://logs.${DOMAIN}/search?service=${name}`,
  chat: (channel: string) => `https://chat.${DOMAIN}/channel/${channel}`,
  ci: (name: string) => `https://ci.${DOMAIN}/tidewick/${name}`,
  cloud: (kind: string, name: string) => `https://cloud.${DOMAIN}/${kind}/${name}`,
  pager: (name: string) => `https://pager.${DOMAIN}/schedules/${name}`,
  packages: (name: string) => `https://packages.${DOMAIN}/${name}`,
} as const;

export function email(person: string): string {
  return `${person}@${DOMAIN}`;
}

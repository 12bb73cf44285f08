/** The product's mark: a gantry crane holding a box. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--accent-bg)" />
      <path
        d="M7 11h18M10 11v13M22 11v13M16 11v6M13 20h6v-3h-6z"
        fill="none"
        stroke="var(--accent-on)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

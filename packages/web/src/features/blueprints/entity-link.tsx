import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './entity-link.module.css';
import { entityPlace } from './places.ts';

export interface EntityLinkProps {
  blueprint: string;
  entity: string;
  children: ReactNode;
  /** Another look than an accent-coloured text link. */
  className?: string | undefined;
}

/** A link to the page of an entity; the page's code is loaded when the pointer or the focus comes near. */
export function EntityLink({ blueprint, entity, children, className = styles.link }: EntityLinkProps) {
  return (
    <Link {...entityPlace(blueprint, entity)} className={className}>
      {children}
    </Link>
  );
}

import { type ButtonHTMLAttributes, forwardRef, type ReactNode, type Ref } from 'react';
import styles from './button.module.css';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'primary' | 'outlined' | 'plain' | 'danger';

export interface ButtonLook {
  /** One `primary` per view; `danger` only inside a confirmation. */
  variant?: ButtonVariant;
  size?: 'compact' | 'default' | 'form';
  icon?: ReactNode;
  /** Shown after the label: a shortcut, a chevron, a count. */
  trailing?: ReactNode;
}

export interface ButtonProps extends ButtonLook, ButtonHTMLAttributes<HTMLButtonElement> {
  /** The action is running: the button stays its size, cannot be pressed again and says it is busy. */
  busy?: boolean;
}

/** The class names of a button, for links that look like one. */
export function buttonClass({ variant = 'outlined', size = 'default' }: ButtonLook, extra?: string): string {
  return [styles.button, styles[variant], styles[size], extra].filter(Boolean).join(' ');
}

export const Button = forwardRef(function Button(
  { variant, size, icon, trailing, busy = false, className, children, disabled, ...rest }: ButtonProps,
  ref: Ref<HTMLButtonElement>,
) {
  return (
    <button
      type="button"
      {...rest}
      ref={ref}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={buttonClass({ ...(variant && { variant }), ...(size && { size }) }, className)}
    >
      <ButtonBody icon={busy ? <span className={styles.spinner} /> : icon} trailing={trailing}>
        {children}
      </ButtonBody>
    </button>
  );
});

export function ButtonBody({
  icon,
  trailing,
  children,
}: {
  icon?: ReactNode;
  trailing?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <>
      {icon && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      {children && <span className={styles.label}>{children}</span>}
      {trailing && <span className={styles.trailing}>{trailing}</span>}
    </>
  );
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'title'> {
  /** Accessible name and tooltip. */
  label: string;
  variant?: 'plain' | 'outlined';
  size?: 'compact' | 'default';
  /** No tooltip: where the label is already visible beside it, or a menu opens at the same place. */
  quiet?: boolean;
}

/** A square button with only an icon; its label is both its name and its tooltip. */
export const IconButton = forwardRef(function IconButton(
  { label, variant = 'plain', size = 'default', quiet = false, className, children, ...rest }: IconButtonProps,
  ref: Ref<HTMLButtonElement>,
) {
  const button = (
    <button
      type="button"
      {...rest}
      ref={ref}
      aria-label={label}
      className={[styles.button, styles[variant], styles.square, size === 'compact' && styles.compact, className]
        .filter(Boolean)
        .join(' ')}
    >
      <span className={styles.icon} aria-hidden="true">
        {children}
      </span>
    </button>
  );
  return quiet ? button : <Tooltip label={label}>{button}</Tooltip>;
});

import { type ReactNode, useSyncExternalStore } from 'react';
import { Button, IconButton } from './button.tsx';
import { IconX } from './icons.ts';
import styles from './toast.module.css';

export interface ToastInput {
  message: ReactNode;
  tone?: 'neutral' | 'danger';
  /** Undo beats confirm: what a reversible action offers for ten seconds. */
  action?: { label: string; run: () => void };
}
interface Toast extends ToastInput {
  id: number;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const watchers = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const watcher of watchers) watcher();
}

/** Says something at the lower edge; it leaves by itself after five seconds, ten with an action or a failure. */
export function showToast(input: ToastInput): void {
  lastId += 1;
  const id = lastId;
  change([...toasts.slice(-2), { ...input, id }]);
  setTimeout(() => dismiss(id), input.action || input.tone === 'danger' ? 10_000 : 5_000);
}

function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

/** Where toasts appear; once per application. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section className={styles.stack} aria-label="Messages" aria-live="polite">
      {shown.map((toast) => (
        <div
          key={toast.id}
          className={styles.toast}
          data-tone={toast.tone}
          role={toast.tone === 'danger' ? 'alert' : undefined}
        >
          <span className={styles.message}>{toast.message}</span>
          {toast.action && (
            <Button
              size="compact"
              onClick={() => {
                toast.action?.run();
                dismiss(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton label="Dismiss" size="compact" quiet onClick={() => dismiss(toast.id)}>
            <IconX size={14} />
          </IconButton>
        </div>
      ))}
    </section>
  );
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

import { showToast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

/** Puts text on the clipboard and says so; browsers refuse it on pages that are not secure. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ message: done });
  } catch {
    showToast({ message: messages.copyFailed, tone: 'danger' });
  }
}

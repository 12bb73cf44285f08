import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';

export interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons, right-aligned, primary last. */
  footer?: ReactNode;
  width?: 480 | 640 | 880;
  /** Cannot be left without an answer. */
  insistent?: boolean;
}

/** A modal dialog: traps and returns the focus, Esc closes. The page itself never scrolls, so nothing is locked. */
export function Dialog({ opened, onClose, title, children, footer, width = 480, insistent = false }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={width}
      centered
      lockScroll={false}
      withCloseButton={!insistent}
      closeOnEscape={!insistent}
      closeOnClickOutside={!insistent}
      transitionProps={{ duration: 150, transition: 'fade' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{
        content: styles.content ?? '',
        header: styles.header ?? '',
        title: styles.title ?? '',
        body: styles.body ?? '',
        overlay: styles.overlay ?? '',
        close: styles.close ?? '',
      }}
    >
      <div className={styles.inside}>{children}</div>
      {footer && <div className={styles.footer}>{footer}</div>}
    </Modal>
  );
}

import { useState } from 'react';
import { TextField } from '../../../ui/fields.tsx';
import { keyProblem } from '../draft/check-draft.ts';
import type { Draft, Room } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { keyFromTitle } from './key-from-title.ts';

export interface Naming {
  title: string;
  key: string;
  /** Why the key cannot be used; shown once the field was left or a save was tried. */
  problem: string | undefined;
  fields: React.ReactNode;
  /** Shows what is wrong from now on; answers whether anything is. */
  check: () => boolean;
}

interface NamingStart {
  draft: Draft;
  room: Room;
  /** The key of the definition being edited: keys change through a rename, not here. */
  editKey: string | undefined;
  title: string | undefined;
}

/** Title and key of a definition. A new one's key follows the title until somebody writes a key. */
export function useNaming({ draft, room, editKey, title: started = '' }: NamingStart): Naming {
  const [title, setTitle] = useState(started);
  const [written, setWritten] = useState<string>();
  const [isShown, setShown] = useState(false);
  const key = editKey ?? written ?? keyFromTitle(title);
  const problem = editKey === undefined ? keyProblem(draft, room, key) : undefined;
  const fields = (
    <div className={styles.pair}>
      <TextField label={messages.fieldTitle} value={title} onChange={setTitle} maxLength={100} autoFocus />
      <TextField
        label={messages.fieldKey}
        description={messages.fieldKeyHelp}
        code
        required
        disabled={editKey !== undefined}
        value={key}
        onChange={setWritten}
        onBlur={() => setShown(key !== '')}
        error={isShown ? problem : undefined}
      />
    </div>
  );
  const check = () => {
    setShown(true);
    return problem === undefined;
  };
  return { title, key, problem, fields, check };
}

import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './code-editor.tsx';
import { FieldBox, type FieldFrame } from './fields.tsx';
import { Skeleton } from './states.tsx';

const CodeEditor = lazy(async () => ({ default: (await import('./code-editor.tsx')).CodeEditor }));

export interface CodeFieldProps extends FieldFrame, Omit<CodeEditorProps, 'label' | 'readOnly' | 'onChange'> {
  onChange: (value: string) => void;
}

/** A code editor as a form control. */
export function CodeField({ value, onChange, language, problems, minHeight, onBlur, ...frame }: CodeFieldProps) {
  const extra = {
    ...(problems ? { problems } : {}),
    ...(minHeight ? { minHeight } : {}),
    ...(onBlur ? { onBlur } : {}),
  };
  return (
    <FieldBox {...frame}>
      <Code label={frame.label} readOnly={frame.disabled ?? false} {...{ value, onChange, language }} {...extra} />
    </FieldBox>
  );
}

/** A code editor by itself; its code is loaded when it is first drawn. */
export function Code(props: CodeEditorProps) {
  return (
    <Suspense fallback={<Skeleton lines={4} />}>
      <CodeEditor {...props} />
    </Suspense>
  );
}

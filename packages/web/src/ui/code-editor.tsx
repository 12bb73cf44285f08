import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import styles from './code-editor.module.css';

export type CodeLanguage = 'json' | 'yaml' | 'text';

/** A problem to underline; positions count characters from the start. */
export interface CodeProblem {
  from: number;
  to: number;
  message: string;
}

export interface CodeEditorProps {
  /** Accessible name. */
  label: string;
  value: string;
  /** Left out: the text can be read, searched and copied, not changed. */
  onChange?: ((value: string) => void) | undefined;
  onBlur?: () => void;
  language: CodeLanguage;
  problems?: readonly CodeProblem[];
  readOnly?: boolean;
  /** In pixels. */
  minHeight?: number;
}

const languages: Record<CodeLanguage, () => Extension> = { json, yaml, text: () => [] };

/**
 * A code editor. It lives in a shadow root, where its style sheets are adopted instead of written into the page, so
 * that the content-security policy can forbid inline styles. Tab indents; Esc, then Tab leaves, as its label says.
 */
export function CodeEditor({
  label,
  value,
  onChange,
  onBlur,
  language,
  problems,
  readOnly = onChange === undefined,
  minHeight = 120,
}: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const change = useRef(onChange);
  change.current = onChange;
  const blur = useRef(onBlur);
  blur.current = onBlur;
  const first = useRef({ value, language, readOnly });

  useEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open', delegatesFocus: true });
    const start = first.current;
    const editor = new EditorView({
      root,
      parent: root,
      doc: start.value,
      extensions: [
        ...basics(),
        EditorView.contentAttributes.of({ 'aria-label': start.readOnly ? label : `${label}. ${leaving}` }),
        languages[start.language](),
        editing.of(editable(start.readOnly)),
        EditorView.domEventHandlers({ blur: () => blur.current?.() }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) change.current?.(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    return () => editor.destroy();
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: editing.reconfigure(editable(readOnly)) });
  }, [readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const end = editor.state.doc.length;
    const found = (problems ?? []).map(
      ({ from, to, message }): Diagnostic => ({
        from: Math.min(from, end),
        to: Math.min(to, end),
        message,
        severity: 'error',
      }),
    );
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [problems]);

  return <div ref={host} className={styles.host} style={{ minHeight }} />;
}

const editing = new Compartment();

/** Also what cannot be changed takes the focus, so that the keyboard can scroll it; Tab leaves it as usual. */
function editable(readOnly: boolean): Extension {
  return EditorState.readOnly.of(readOnly);
}

/** Tab would trap the keyboard without these words. */
const leaving = 'Tab indents; press Escape, then Tab, to leave.';

function basics(): Extension[] {
  return [
    lineNumbers(),
    foldGutter(),
    history(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    keymap.of([indentWithTab, ...defaultKeymap, ...historyKeymap]),
    look,
    syntaxHighlighting(colours),
  ];
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent-text)' },
  { tag: [tags.string], color: 'var(--success-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warning-text)' },
  { tag: [tags.comment], color: 'var(--text-3)' },
  { tag: [tags.invalid], color: 'var(--danger-text)' },
]);

const look = EditorView.theme({
  '&': { font: 'var(--type-code)', color: 'var(--text-1)', backgroundColor: 'var(--surface-1)', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'inherit', lineHeight: '20px' },
  '.cm-content': { caretColor: 'var(--text-1)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text-1)' },
  '.cm-gutters': { backgroundColor: 'var(--surface-1)', color: 'var(--text-3)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--surface-2)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-tint-hover)',
  },
  '.cm-tooltip': { backgroundColor: 'var(--surface-float)', border: '0', boxShadow: 'var(--shadow-2)', padding: '4px' },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-tint-hover)' },
});

import ReactMarkdown from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import styles from './markdown.module.css';

/** Headings start below the page's own; links leave in a new tab without telling where from. */
export function MarkdownBody({ text }: { text: string }) {
  return (
    <div className={styles.markdown}>
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize]}
        components={{
          h1: 'h3',
          h2: 'h4',
          h3: 'h5',
          // Wide code scrolls by itself: it takes the focus, so that the keyboard reaches what is out of sight.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
          pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
          a: ({ children, href }) => (
            <a href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}

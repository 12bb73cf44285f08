/** The words of sign-in. */
export const messages = {
  title: 'Sign in',
  signInTo: (organization: string) => `Sign in to ${organization}`,
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  withLink: 'Open the one-time link that Gantry printed where it runs. It looks like this:',
  linkExample: (origin: string) => `${origin}/sign-in?token=…`,
  newLink: 'Used up or lost? Start Gantry again: it prints a new one while nobody is signed in.',
  paste: 'Link or token',
  pasteHelp: 'Paste the whole link, or only the part after token=',
  wrongLink: 'This link does not work any more. Links work once and for a short time.',
  tokenMissing: 'There is no token in that text.',
  expiredTitle: 'Your session has ended',
  expiredText: 'Sign in again to go on. What is on this page stays as it is.',
  version: (version: string) => `Gantry ${version}`,
} as const;

/** Names the person, or `role:<role>`, that an administrator wants to look as; percent-encoded. */
export const VIEW_AS_HEADER = 'x-gantry-view-as';

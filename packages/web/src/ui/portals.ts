import { createContext, useContext } from 'react';

/** True inside a popover: what opens there must stay inside, or a click on it would count as one beside the popover. */
export const InsidePopover = createContext(false);

/** How a list of options opens: over everything, or inside the popover it is in. */
export function useDropdownPlace() {
  const inside = useContext(InsidePopover);
  return { offset: 4, transitionProps: { duration: 100 }, withinPortal: !inside };
}

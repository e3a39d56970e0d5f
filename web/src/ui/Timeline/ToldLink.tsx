import { Link, useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { addressOf, isElsewhere, targetOf, type Found } from '@/lib/addresses';

interface ToldLinkProps extends Found {
  entity: string;
  children: ReactNode;
}

/** The way to what is told of: where it is at home, be it among others on a page not its own. */
export function ToldLink({ entity, children, ...found }: ToldLinkProps) {
  const navigate = useNavigate();
  const own = addressOf(entity, found.id);
  // What lies in the bin is among no others any more; its own page says so, and brings it back.
  const open = async () =>
    navigate(await targetOf(entity, found).catch(() => ({ to: own, search: undefined })));
  const lead = (event: MouseEvent) => {
    // In a new tab the page of its own is good enough: where else it is must be asked first.
    const aside = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!isElsewhere(entity) || aside) return;
    event.preventDefault();
    void open();
  };
  return (
    <Link to={own} onClick={lead}>
      {children}
    </Link>
  );
}

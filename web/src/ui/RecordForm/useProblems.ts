import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem, MetaField } from '@/api/types';
import { isEmpty, type FormValues } from '@/ui/Edit/values';
import { check, spotsOf, type Spot } from './check';
import { problemText } from './problemText';

// Long enough to finish "@exemplo.com.br", short enough to be told while still at the field.
const PAUSE_MS = 600;

const isWrong = ({ field, value }: Spot) => check(field, value) !== null;

/** What an edit of a field changed in it. A row that just began has no problems yet. */
function changedSpots(field: MetaField, before: unknown, now: unknown): Spot[] {
  const old = new Map(spotsOf(field, before).map((spot) => [spot.place, spot.value]));
  return spotsOf(field, now).filter(({ place, value }) =>
    old.has(place) ? place === field.key || !Object.is(old.get(place), value) : !isEmpty(value),
  );
}

/** Where the server's problem stands in the form; in parts it stays with what was sent. */
function placeOf(name: string, fields: MetaField[], sent: FormValues): string | undefined {
  const field = fields.find(({ key }) => name === key || name.startsWith(`${key}.`));
  if (!field) return undefined;
  return spotsOf(field, sent[field.key]).find((spot) => spot.name === name)?.place ?? field.key;
}

/** What is wrong in a form, by places: told while one types, at the latest when it is sent. */
export function useProblems(fields: MetaField[]) {
  const { t } = useTranslation();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const timers = useRef(new Map<string, number>());
  useEffect(() => {
    const running = timers.current;
    return () => running.forEach((timer) => window.clearTimeout(timer));
  }, []);

  const wrongIn = (spots: Spot[]): Record<string, string> =>
    Object.fromEntries(
      spots.flatMap(({ place, field, value }) => {
        const problem = check(field, value);
        return problem ? [[place, problemText(t, field, problem)]] : [];
      }),
    );
  const tell = (spots: Spot[]) => {
    const places = spots.map(({ place }) => place);
    setErrors((before) => {
      const others = Object.entries(before).filter(([place]) => !places.includes(place));
      return { ...Object.fromEntries(others), ...wrongIn(spots) };
    });
  };
  /** What is right is said at once, what is wrong after a pause: it may not be finished. */
  const edited = (field: MetaField, before: unknown, now: unknown) => {
    const spots = changedSpots(field, before, now);
    spots.forEach(({ place }) => window.clearTimeout(timers.current.get(place)));
    tell(spots.filter((spot) => !isWrong(spot)));
    for (const spot of spots.filter(isWrong)) {
      timers.current.set(
        spot.place,
        window.setTimeout(() => tell([spot]), PAUSE_MS),
      );
    }
  };
  const left = (field: MetaField, value: unknown) => {
    const spots = spotsOf(field, value);
    spots.forEach(({ place }) => window.clearTimeout(timers.current.get(place)));
    tell(spots.filter((spot) => isWrong(spot) && (!isEmpty(spot.value) || spot.place in errors)));
  };
  /** All of the form; the first place that is wrong. */
  const checkAll = (values: FormValues): string | undefined => {
    timers.current.forEach((timer) => window.clearTimeout(timer));
    const wrong = wrongIn(fields.flatMap((field) => spotsOf(field, values[field.key])));
    setErrors(wrong);
    return Object.keys(wrong)[0];
  };
  /** What the server says of what was sent; the first place of it. */
  const refused = (problems: FieldProblem[], sent: FormValues): string | undefined => {
    const placed = problems.flatMap(({ field, message }) => {
      const place = placeOf(field, fields, sent);
      return place ? [[place, message]] : [];
    });
    setErrors(Object.fromEntries(placed));
    return placed[0]?.[0];
  };
  return { errors, edited, left, checkAll, refused, forget: () => setErrors({}) };
}

import { boolean } from './boolean';
import { choice } from './choice';
import { choices } from './choices';
import { cnpj } from './cnpj';
import { cpf } from './cpf';
import { date } from './date';
import { datetime } from './datetime';
import { document } from './document';
import { duration } from './duration';
import { email } from './email';
import { file } from './file';
import { integer } from './integer';
import { json } from './json';
import { link } from './link';
import { links } from './links';
import { longText } from './long_text';
import { money } from './money';
import { multiselect } from './multiselect';
import { number } from './number';
import { parts } from './parts';
import { percentage } from './percentage';
import { phone } from './phone';
import { postalCode } from './postal_code';
import { secret } from './secret';
import { select } from './select';
import { tags } from './tags';
import { text } from './text';
import type { FieldType } from './type';
import { url } from './url';
import { user } from './user';

const TYPES: Record<string, FieldType> = {
  ...{ boolean, choice, choices, cnpj, cpf, date, datetime, document, email, integer, json },
  ...{ link, links, long_text: longText, money, multiselect, number, parts, phone, select, tags },
  ...{ duration, percentage, postal_code: postalCode, secret, text },
  ...{ file, url, user },
};

/** What the web knows of a field's type; of one that is newer than it, that it is text. */
export const typeOf = ({ type }: { type: string }): FieldType => TYPES[type] ?? text;

import type { FieldError } from '../../../../lib/models/maker/record-form.ts';
import { t } from '../../../ui/text.ts';

export const errorText = (error: FieldError | undefined): string | null => (error ? t(error.key, ...(error.with ?? [])) : null);

import { Problem } from "#shared/http.ts";

export { Problem };

export const isProblem = (error: unknown, code?: string): error is Problem => error instanceof Problem && (code === undefined || error.code === code);

/** Worth trying again: the server was not reached, or is not itself at the moment. */
export const isPassing = (error: unknown): boolean => isProblem(error) && error.passing;

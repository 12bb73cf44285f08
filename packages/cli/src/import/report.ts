import { relative } from 'node:path';
import type { Answer, createImport } from '@gantry/contract';
import type { Terminal } from '../terminal.ts';

export type ImportReport = Answer<typeof createImport>['report'];
export type ReportedProblem = ImportReport['problems'][number];

const MOST_PROBLEMS = 200;

/** Prints what an import took and what it refused, for people. `base` makes the files' paths those of this machine. */
export function printReport(report: ImportReport, base: string, terminal: Terminal): void {
  const taken = report.created + report.updated + report.unchanged;
  const [created, updated, unchanged] = [report.created, report.updated, report.unchanged].map(inFigures);
  const changes = `${created} new, ${updated} changed, ${unchanged} as before`;
  terminal.out(terminal.style('bold', report.source));
  terminal.out(`  took ${count(taken, 'entity', 'entities')} from ${count(report.files, 'file')} (${changes})`);
  printKinds(report.byBlueprint, terminal);
  if (report.blueprintsCreated.length > 0) terminal.out(`  new blueprints: ${report.blueprintsCreated.join(', ')}`);
  printMissing(report, terminal);
  printProblems(report.problems, base, terminal);
}

function printKinds(byBlueprint: Readonly<Record<string, number>>, terminal: Terminal): void {
  const rows = Object.entries(byBlueprint).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([blueprint]) => blueprint.length));
  for (const [blueprint, number] of rows)
    terminal.out(`    ${blueprint.padEnd(width)}  ${inFigures(number).padStart(7)}`);
}

function printMissing({ missing, trashed }: ImportReport, terminal: Terminal): void {
  if (trashed > 0)
    terminal.out(`  moved ${count(trashed, 'entity', 'entities')} to the trash: the files no longer have them`);
  if (missing.length === 0) return;
  const are = missing.length === 1 ? 'is' : 'are';
  terminal.out(
    `  ${count(missing.length, 'entity', 'entities')} ${are} no longer in the files, and kept for now (--missing trash removes them):`,
  );
  for (const { blueprint, identifier } of missing.slice(0, MOST_PROBLEMS))
    terminal.out(`    ${blueprint} ${identifier}`);
}

/** One line for each problem, in the form that editors and terminals make a link of: file:line. */
export function printProblems(problems: readonly ReportedProblem[], base: string, terminal: Terminal): void {
  if (problems.length === 0) {
    terminal.out(`  ${terminal.style('green', 'refused nothing')}`);
    return;
  }
  terminal.out(`  ${terminal.style('red', `refused, with ${count(problems.length, 'problem')}:`)}`);
  for (const { file, document, line, message, remedy } of problems.slice(0, MOST_PROBLEMS)) {
    const place = `${shownPath(file, base)}${line === undefined ? '' : `:${line}`}`;
    const which = document === undefined ? '' : ` (document ${document})`;
    terminal.out(`    ${place}${terminal.style('dim', which)} ${message}`);
    if (remedy) terminal.out(`      ${terminal.style('dim', remedy)}`);
  }
  const hidden = problems.length - MOST_PROBLEMS;
  if (hidden > 0) terminal.out(`    and ${hidden} more; --json lists all of them`);
}

function shownPath(file: string, base: string): string {
  if (!base.startsWith('file:') || /^https?:/.test(file)) return file;
  return relative(process.cwd(), `${base.slice('file:'.length)}${file}`);
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${inFigures(number)} ${number === 1 ? one : many}`;
}

function inFigures(number: number): string {
  return number.toLocaleString('en');
}

/** Imported late, and alone: of a package that is imported late the bundle has everything. */
export { LogsQueryClient } from '@azure/monitor-query-logs';

/** Which charts the dashboard has, and all that it says of them. */

/** `parts` add up to a whole; `counts` do not; a `rate` is a part of 1; a `level` is nothing that adds up. */
export type Kind = 'parts' | 'counts' | 'rate' | 'level';

export interface Choice {
  /** The value of a rollup's labels. */
  readonly value: string;
  readonly text: string;
}

export interface Panel {
  readonly id: string;
  readonly rollup: string;
  readonly title: string;
  readonly question: string;
  readonly unit: string;
  readonly kind: Kind;
  /** The values that can be shown, of which the first one is. */
  readonly choices: readonly Choice[];
  /** The labels that it shows, where these are known; else the largest. */
  readonly labels?: readonly string[];
}

export interface PanelGroup {
  readonly name: string;
  readonly panels: readonly Panel[];
}

const one = [{ value: '', text: '' }] as const;
const latencies = [{ value: 'p50-ms', text: 'p50' }, { value: 'p95-ms', text: 'p95' }, { value: 'p99-ms', text: 'p99' }] as const;

export const groups: readonly PanelGroup[] = [
  {
    name: 'People',
    panels: [
      {
        id: 'active-users', rollup: 'active-users', title: 'Active users', unit: 'users', kind: 'level', choices: one, labels: ['daily', 'weekly', 'monthly'],
        question: 'Distinct users of the day, of the 7 days and of the 30 days that end with it.',
      },
      {
        id: 'authentication', rollup: 'authentication', title: 'Authentication', unit: 'events', kind: 'counts', choices: one,
        labels: ['attempts', 'failures', 'codes-verified', 'codes-refused', 'tokens-refreshed', 'sessions-validated'],
        question: 'Login attempts, those that failed, and what else is asked of the auth service.',
      },
      {
        id: 'failed-logins', rollup: 'authentication', title: 'Failed logins', unit: '%', kind: 'rate', choices: one, labels: ['failure-rate'],
        question: 'How many of a hundred login attempts fail.',
      },
    ],
  },
  {
    name: 'Work',
    panels: [
      {
        id: 'tasks', rollup: 'tasks', title: 'Tasks', unit: 'tasks', kind: 'counts', choices: one, labels: ['created', 'started', 'completed', 'failed', 'cancelled'],
        question: 'What became of tasks.',
      },
      {
        id: 'task-success', rollup: 'tasks', title: 'Successful tasks', unit: '%', kind: 'rate', choices: one, labels: ['success-rate'],
        question: 'How many of a hundred tasks that ended were completed.',
      },
      {
        id: 'task-duration', rollup: 'tasks', title: 'Duration of tasks', unit: 'ms', kind: 'level', choices: one, labels: ['median-duration-ms'],
        question: 'The median of completed tasks, in milliseconds.',
      },
      {
        id: 'projects', rollup: 'projects', title: 'Projects', unit: 'projects', kind: 'counts', choices: one, labels: ['created', 'updated', 'deleted'],
        question: 'What became of projects.',
      },
    ],
  },
  {
    name: 'API',
    panels: [
      { id: 'requests', rollup: 'api', title: 'API requests', unit: 'requests', kind: 'parts', choices: [{ value: 'requests', text: '' }], question: 'By method and route.' },
      {
        id: 'latency', rollup: 'api', title: 'API latency', unit: 'ms', kind: 'level', choices: latencies,
        question: 'Milliseconds of the routes with the most requests; of a day, the slowest hour.',
      },
      {
        id: 'error-rate', rollup: 'api', title: 'Failed API requests', unit: '%', kind: 'rate', choices: [{ value: 'error-rate', text: '' }],
        question: 'How many of a hundred requests are answered with 500 and above.',
      },
      { id: 'errors', rollup: 'errors', title: 'Application errors', unit: 'errors', kind: 'parts', choices: one, question: 'By kind.' },
    ],
  },
  {
    name: 'Database',
    panels: [
      { id: 'queries', rollup: 'database', title: 'Database queries', unit: 'queries', kind: 'parts', choices: [{ value: 'queries', text: '' }], question: 'By name.' },
      {
        id: 'query-latency', rollup: 'database', title: 'Database latency', unit: 'ms', kind: 'level', choices: latencies,
        question: 'Milliseconds of the most frequent queries; of a day, the slowest hour.',
      },
    ],
  },
  {
    name: 'More',
    panels: [
      {
        id: 'integrations', rollup: 'integrations', title: 'Integrations', unit: 'events', kind: 'parts', question: 'What became of each.',
        choices: [
          { value: 'used', text: 'Used' }, { value: 'errors', text: 'Errors' }, { value: 'connected', text: 'Connected' },
          { value: 'disconnected', text: 'Disconnected' }, { value: 'flows-started', text: 'Flows started' }, { value: 'flows-completed', text: 'Completed' },
        ],
      },
      {
        id: 'webhooks', rollup: 'webhooks', title: 'Webhooks', unit: 'webhooks', kind: 'parts', question: 'By where they come from.',
        choices: [{ value: 'received', text: 'Received' }, { value: 'processed', text: 'Processed' }],
      },
      {
        id: 'cocoons', rollup: 'cocoons', title: 'Cocoons', unit: 'events', kind: 'counts', choices: one,
        labels: ['registered', 'connected', 'disconnected', 'claimed', 'setup-tokens-created', 'setup-tokens-used'],
        question: 'What became of worker machines and their setup tokens.',
      },
      { id: 'custom', rollup: 'custom', title: 'Custom events', unit: 'events', kind: 'parts', choices: one, question: 'Events of the product’s own, by name.' },
    ],
  },
];

export const texts = {
  range: 'Time range',
  dates: 'Dates',
  from: 'From',
  to: 'To',
  choices: 'What all charts show',
  valueOf: 'Value of ',
  keys: 'Arrow keys read the values; the table has them all.',
  nothing: 'No such events in this range.',
  newest: 'Newest: ',
  failed: 'This chart could not be loaded. ',
  again: 'Try again',
  closedTitle: 'The key is asked for again',
  closed: 'This browser’s 30 days are over, or the key was changed.',
  open: 'Show the form',
} as const;

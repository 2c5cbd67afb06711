-- What a service would keep its events in: a row each, and its numbers in materialized views.
CREATE TABLE events (
  id uuid PRIMARY KEY,
  time timestamptz NOT NULL,
  service text NOT NULL,
  user_id text,
  type text NOT NULL,
  data jsonb NOT NULL);
CREATE INDEX ON events (user_id);
CREATE INDEX ON events (type);
CREATE INDEX ON events (service);

CREATE MATERIALIZED VIEW active_users AS
  SELECT day, count(DISTINCT user_id) FILTER (WHERE time >= day) AS daily,
    count(DISTINCT user_id) FILTER (WHERE time >= day - interval '6 days') AS weekly, count(DISTINCT user_id) AS monthly
  FROM (SELECT DISTINCT date_trunc('day', time) AS day FROM events) days
  JOIN events ON time >= day - interval '29 days' AND time < day + interval '1 day'
  GROUP BY day;
CREATE MATERIALIZED VIEW tasks AS
  SELECT date_trunc('day', time) AS day, type, count(*) AS events,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY (data->>'durationMs')::float8) AS median
  FROM events WHERE type LIKE 'task%' GROUP BY 1, 2;
CREATE MATERIALIZED VIEW api AS
  SELECT date_trunc('hour', time) AS hour, data->>'method' AS method, data->>'route' AS route, count(*) AS requests,
    count(*) FILTER (WHERE (data->>'status')::int >= 500) AS errors,
    percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY (data->>'latencyMs')::float8) AS latency
  FROM events WHERE type = 'apiRequest' GROUP BY 1, 2, 3;
CREATE MATERIALIZED VIEW database AS
  SELECT date_trunc('hour', time) AS hour, data->>'name' AS query, count(*) AS queries,
    percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY (data->>'latencyMs')::float8) AS latency
  FROM events WHERE type = 'databaseQuery' GROUP BY 1, 2;
CREATE MATERIALIZED VIEW errors AS
  SELECT date_trunc('hour', time) AS hour, data->>'kind' AS kind, count(*) AS errors FROM events WHERE type = 'applicationError' GROUP BY 1, 2;
CREATE MATERIALIZED VIEW authentication AS
  SELECT date_trunc('day', time) AS day, type, count(*) AS events, count(*) FILTER (WHERE (data->>'succeeded')::bool) AS succeeded
  FROM events WHERE type IN ('loginAttempt', 'codeVerified', 'tokenRefreshed', 'sessionValidated') GROUP BY 1, 2;
CREATE MATERIALIZED VIEW integrations AS
  SELECT date_trunc('day', time) AS day, type, data->>'name' AS name, count(*) AS events
  FROM events WHERE type LIKE 'integration%' OR type LIKE 'oauth%' GROUP BY 1, 2, 3;
CREATE MATERIALIZED VIEW webhooks AS
  SELECT date_trunc('day', time) AS day, type, data->>'source' AS source, count(*) AS events FROM events WHERE type LIKE 'webhook%' GROUP BY 1, 2, 3;
CREATE MATERIALIZED VIEW cocoons AS
  SELECT date_trunc('day', time) AS day, type, count(*) AS events FROM events WHERE type LIKE 'cocoon%' OR type LIKE 'setupToken%' GROUP BY 1, 2;
CREATE MATERIALIZED VIEW projects AS
  SELECT date_trunc('day', time) AS day, type, count(*) AS events FROM events WHERE type LIKE 'project%' GROUP BY 1, 2;
CREATE MATERIALIZED VIEW custom AS
  SELECT date_trunc('day', time) AS day, data->>'name' AS name, count(*) AS events FROM events WHERE type = 'custom' GROUP BY 1, 2;
CREATE INDEX ON api (hour);

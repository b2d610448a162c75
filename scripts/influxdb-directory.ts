/** Where InfluxDB 2.7.12, built from its sources, and the command `influx` lie, below the project. */
export const INFLUXDB_DIRECTORY = "node_modules/.cache/influxdb-2.7.12";

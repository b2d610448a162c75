// Hourly roll-up. A revision has a name of its own, by which influxdb-setup knows whether it is in place.
import "date"

option task = {name: "fleet-hourly-eaff9a2b", every: 1h, offset: 2m}

stop = date.truncate(t: now(), unit: 1h)
start = date.sub(d: 24h, from: stop)

// A program that starts anew begins new series (relay_id, version). They are one: only these tags tell series
// apart.
merged = (tables=<-) => tables
    |> keep(columns: ["customer", "account", "pool", "cloud", "region", "instance", "_field", "_time", "_value"])
    |> group(columns: ["customer", "account", "pool", "cloud", "region", "instance", "_field"])
    |> sort(columns: ["_time"])

points = (measurement, field) => from(bucket: "jitsi")
    |> range(start: start, stop: stop)
    |> filter(fn: (r) => r._measurement == measurement and r._field == field)

hourly = (tables=<-, fn) => tables
    |> aggregateWindow(every: 1h, fn: fn, createEmpty: false, timeSrc: "_start")

// Increase of a counter in each hour. The point before the first belongs to it, wherever it is: so an hour's
// increase is the same whichever run computes it. A counter that fell began anew at 0.
increase = (measurement, field) => {
    before = from(bucket: "jitsi")
        |> range(start: date.sub(d: 7d, from: start), stop: start)
        |> filter(fn: (r) => r._measurement == measurement and r._field == field)
        |> last()
        |> merged()
        |> last()

    return union(tables: [before, points(measurement: measurement, field: field) |> merged()])
        |> sort(columns: ["_time"])
        |> difference(nonNegative: true, initialZero: true)
        |> hourly(fn: sum)
}

save = (tables=<-, measurement, field) => tables
    |> set(key: "_measurement", value: measurement)
    |> set(key: "_field", value: field)
    |> to(bucket: "jitsi_hourly")

points(measurement: "jvb", field: "local_endpoints") |> merged() |> hourly(fn: count) |> save(measurement: "jvb_hourly", field: "samples")
points(measurement: "jvb", field: "local_endpoints") |> merged() |> hourly(fn: mean) |> save(measurement: "jvb_hourly", field: "local_endpoints_mean")
points(measurement: "jvb", field: "stress_level") |> merged() |> hourly(fn: mean) |> save(measurement: "jvb_hourly", field: "stress_level_mean")
increase(measurement: "jvb", field: "total_bytes_sent") |> save(measurement: "jvb_hourly", field: "bytes_sent")
increase(measurement: "jvb", field: "total_bytes_sent_octo") |> save(measurement: "jvb_hourly", field: "bytes_sent_octo")

points(measurement: "jicofo", field: "participants") |> merged() |> hourly(fn: count) |> save(measurement: "jicofo_hourly", field: "samples")
points(measurement: "jicofo", field: "participants") |> merged() |> hourly(fn: mean) |> save(measurement: "jicofo_hourly", field: "participants_mean")
points(measurement: "jicofo", field: "participants") |> merged() |> hourly(fn: max) |> save(measurement: "jicofo_hourly", field: "participants_max")
increase(measurement: "jicofo", field: "total_conferences_created") |> save(measurement: "jicofo_hourly", field: "conferences_created")

// Most participants at once, over all bridges: the largest minute of the hour.
points(measurement: "jvb", field: "local_endpoints")
    |> merged()
    |> aggregateWindow(every: 1m, fn: mean, createEmpty: false, timeSrc: "_start")
    |> group(columns: ["customer", "_time"])
    |> sum()
    |> group(columns: ["customer"])
    |> hourly(fn: max)
    |> save(measurement: "customer_hourly", field: "local_endpoints_max")

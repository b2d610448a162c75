/**
 * IPv4 range of the containers of a server, host-local. Docker gives its default bridge 172.17.0.0/16; both are
 * kept out of every account's network by `model/rules/check-networks.ts`.
 */
export const COMPOSE_NETWORK = "172.30.0.0/24";

/** Part of it that Docker takes addresses from by itself. */
export const COMPOSE_DYNAMIC_RANGE = "172.30.0.128/25";

/** Addresses of the network itself and of containers whose address others remember, outside of that part. */
export const COMPOSE_ADDRESSES = {
  gateway: "172.30.0.1",
  prosody: "172.30.0.5",
  influxdb: "172.30.0.6",
  grafana: "172.30.0.7",
} as const;

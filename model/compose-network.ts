/**
 * IPv4 range of the containers of a server, host-local. Docker gives its default bridge 172.17.0.0/16; both are
 * kept out of every account's network by `model/rules/check-networks.ts`.
 */
export const COMPOSE_NETWORK = "172.30.0.0/24";

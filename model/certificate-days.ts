/** Days that a certificate still has, below which somebody must act: dashboard and alerts agree on them. */
export const CERTIFICATE_DAYS = {
  /** It ought to have been renewed more than a week ago. */
  late: 21,
  ending: 7,
} as const;

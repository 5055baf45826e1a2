interface ImportMetaEnv {
  /** Address of the hub that this build is for. */
  readonly PENNON_HUB?: string;
}

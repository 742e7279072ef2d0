package io.orchestrator.core.control.election;

import java.time.Duration;

/**
 * How a leader is elected.
 *
 * @param namespace where the lease is
 * @param name of the lease, such as {@code kube-controller-manager}
 * @param identity of this candidate, which no other has
 * @param validity how long others respect a lease that is not renewed
 * @param renewWithin a holder that could not renew for so long stops leading; less than the validity
 * @param period between two tries; less than {@code renewWithin}
 */
public record ElectionSettings(
        String namespace, String name, String identity, Duration validity, Duration renewWithin, Duration period) {
    public ElectionSettings {
        if (identity.isEmpty()) {
            throw new IllegalArgumentException("a candidate needs an identity");
        }
        if (period.isZero() || period.isNegative() || validity.toSeconds() < 1) {
            throw new IllegalArgumentException("not the times of a lease: " + validity + ", " + period);
        }
        if (period.compareTo(renewWithin) >= 0 || renewWithin.compareTo(validity) >= 0) {
            throw new IllegalArgumentException(
                    "a lease must be renewed within less than its validity, in more than one try: " + period + ", "
                            + renewWithin + ", " + validity);
        }
    }

    /** With the times of Kubernetes: good for 15 s, given up after 10 s, a try every 2 s. */
    public static ElectionSettings of(String name, String identity) {
        return new ElectionSettings(
                "kube-system", name, identity, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    /** The same with other times. */
    public ElectionSettings times(Duration validity, Duration renewWithin, Duration period) {
        return new ElectionSettings(namespace, name, identity, validity, renewWithin, period);
    }

    /** The same for a candidate of this name. */
    public ElectionSettings as(String identity) {
        return new ElectionSettings(namespace, name, identity, validity, renewWithin, period);
    }

    /** The same for another lease. */
    public ElectionSettings forLease(String other) {
        return new ElectionSettings(namespace, other, identity, validity, renewWithin, period);
    }
}

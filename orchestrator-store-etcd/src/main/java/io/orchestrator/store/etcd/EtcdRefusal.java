package io.orchestrator.store.etcd;

/** etcd answered, and said no: nothing was written. */
final class EtcdRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Throwable reason;

    EtcdRefusal(Throwable reason) {
        super(reason);
        this.reason = reason;
    }

    static boolean is(Throwable failure) {
        return EtcdFailures.isCompacted(failure)
                || EtcdFailures.isFutureRevision(failure)
                || EtcdFailures.isTooLargeToReceive(failure)
                || EtcdFailures.isRefusal(failure);
    }

    Throwable reason() {
        return reason;
    }
}

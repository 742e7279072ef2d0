package io.orchestrator.store.etcd;

import io.etcd.jetcd.common.exception.CompactedException;
import io.orchestrator.spi.store.StoreException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Reads what etcd, gRPC and jetcd say when something went wrong. etcd tells its errors apart by their text only. */
final class EtcdFailures {
    private EtcdFailures() {}

    static Throwable rootOf(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static boolean isCompacted(Throwable failure) {
        return failure instanceof CompactedException || says(failure, "has been compacted");
    }

    static boolean isFutureRevision(Throwable failure) {
        return says(failure, "is a future revision");
    }

    /** An answer larger than this side is willing to take. */
    static boolean isTooLargeToReceive(Throwable failure) {
        return says(failure, "exceeds maximum size") || says(failure, "size exceeds maximum");
    }

    /** Not an expired token, for which jetcd gets another. */
    private static boolean isDenied(Throwable failure) {
        return says(failure, "permission denied")
                || says(failure, "authentication failed")
                || says(failure, "user name is empty");
    }

    /** The token of a user is not known any more, or older than a change of the users: another one would do. */
    static boolean isTokenRefused(Throwable failure) {
        return says(failure, "invalid auth token") || says(failure, "revision of auth store is old");
    }

    /** Said of a put, this does not mean that it was not carried out; see {@link OutOfSpace}. */
    static boolean isOutOfSpace(Throwable failure) {
        return says(failure, "database space exceeded");
    }

    static boolean isRefusal(Throwable failure) {
        return isDenied(failure)
                || isOutOfSpace(failure)
                || says(failure, "request is too large")
                || says(failure, "received message larger than max");
    }

    /** For everything but the kinds above: nobody knows whether it happened. */
    static StoreException translate(String what, Throwable failure) {
        if (isRefusal(failure)) {
            return new StoreException.Refused(what + ": " + failure.getMessage(), failure);
        }
        return new StoreException.Unavailable(what + ": " + failure.getMessage(), failure);
    }

    private static boolean says(Throwable failure, String text) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && message.contains(text)) {
                return true;
            }
        }
        return false;
    }
}

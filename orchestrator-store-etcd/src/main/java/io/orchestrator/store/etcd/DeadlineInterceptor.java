package io.orchestrator.store.etcd;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Puts a deadline on every call that has one answer: jetcd has none, and a call that we merely stop waiting for would stay
 * in the channel and be sent when etcd is back. Streams live on.
 */
final class DeadlineInterceptor implements ClientInterceptor {
    private final Duration deadline;

    DeadlineInterceptor(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public <A, B> ClientCall<A, B> interceptCall(MethodDescriptor<A, B> method, CallOptions options, Channel next) {
        CallOptions bounded = method.getType() == MethodDescriptor.MethodType.UNARY
                ? options.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                : options;
        return next.newCall(method, bounded);
    }
}

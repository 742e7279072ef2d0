package io.orchestrator.store.etcd;

import io.etcd.jetcd.api.KVGrpc;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Learns the channel of a jetcd client, which jetcd does not give away, from the first call that goes to etcd's keys. A call by
 * that channel has the same connection, endpoints, certificates and tokens, and not what jetcd wraps around each: a retry policy
 * made anew and several hand-overs from thread to thread, which take longer than etcd does.
 */
final class ChannelTap implements ClientInterceptor {
    private volatile @Nullable Direct direct;

    @Override
    public <A, B> ClientCall<A, B> interceptCall(MethodDescriptor<A, B> method, CallOptions options, Channel next) {
        if (direct == null && KVGrpc.SERVICE_NAME.equals(method.getServiceName())) {
            direct = new Direct(next, options.getCredentials());
        }
        return next.newCall(method, options);
    }

    /** Null until jetcd has made a call. */
    @Nullable
    Direct direct() {
        return direct;
    }

    /**
     * @param credentials what jetcd adds to each call, the token of a user
     */
    record Direct(Channel channel, @Nullable CallCredentials credentials) {

        /**
         * Sends one request from the calling thread, which waits for the answer and takes it from the connection's.
         *
         * @throws io.grpc.StatusRuntimeException when there is none within the deadline, or etcd says no
         */
        <A, B> B call(MethodDescriptor<A, B> method, A request, Duration deadline) {
            CallOptions options = CallOptions.DEFAULT
                    .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                    .withWaitForReady();
            return ClientCalls.blockingUnaryCall(
                    channel, method, credentials == null ? options : options.withCallCredentials(credentials), request);
        }
    }
}

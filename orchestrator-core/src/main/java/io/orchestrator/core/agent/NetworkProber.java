package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.ExecAction;
import io.orchestrator.api.model.core.GRPCAction;
import io.orchestrator.api.model.core.HTTPGetAction;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Probes real containers over HTTP, gRPC and TCP and with commands, on the environment's executor. */
final class NetworkProber implements Prober {
    private static final int MESSAGE_LIMIT = 1024;

    private final ContainerRuntime runtime;
    private final Environment environment;

    NetworkProber(ContainerRuntime runtime, Environment environment) {
        this.runtime = runtime;
        this.environment = environment;
    }

    @Override
    public CompletionStage<Result> probe(Request request) {
        Duration timeout = Duration.ofSeconds(Math.max(1, request.probe().timeoutSeconds()));
        HTTPGetAction get = request.probe().httpGet();
        if (get != null) {
            return CompletableFuture.supplyAsync(
                    () -> HttpCheck.get(get, request.address(), request.port(), timeout), environment.executor());
        }
        if (request.probe().tcpSocket() != null) {
            return CompletableFuture.supplyAsync(() -> connect(request, timeout), environment.executor());
        }
        ExecAction exec = request.probe().exec();
        if (exec != null) {
            return runtime.exec(request.containerId(), new ExecSpec(exec.command(), false, false))
                    .thenApplyAsync(session -> outputOf(session, timeout), environment.executor())
                    .thenCompose(stage -> stage);
        }
        GRPCAction grpc = request.probe().grpc();
        if (grpc != null) {
            String service = grpc.service() == null ? "" : grpc.service();
            return CompletableFuture.supplyAsync(
                    () -> GrpcCheck.ask(service, request.address(), request.port(), timeout), environment.executor());
        }
        return CompletableFuture.completedFuture(Result.failed("the probe has no action"));
    }

    private static Result connect(Request request, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(request.address(), request.port()), (int) timeout.toMillis());
            return Result.ok();
        } catch (IOException e) {
            return Result.failed("dial tcp " + request.address() + ":" + request.port() + ": " + e.getMessage());
        }
    }

    /** A command that is not done in time is cut off, so that none of them pile up. */
    private CompletionStage<Result> outputOf(ExecSession session, Duration timeout) {
        ScheduledFuture<?> cut = environment
                .timers()
                .schedule(
                        () -> environment.executor().execute(session::close),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            String output = new String(session.stdout().readNBytes(MESSAGE_LIMIT), StandardCharsets.UTF_8);
            return session.exitCode()
                    .thenApply(code -> code == 0 ? Result.ok() : Result.failed(output.strip()))
                    .whenComplete((result, failure) -> {
                        cut.cancel(false);
                        session.close();
                    });
        } catch (IOException e) {
            session.close();
            throw new UncheckedIOException("the output of a probe's command cannot be read", e);
        }
    }
}

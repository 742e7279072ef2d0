package io.orchestrator.core.registry.webhook;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.webhook.ReviewTransport.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Asks the validating webhooks, all at a time; the first refusal in their order is the answer. Thread-safe. Calls that no other
 * thread has begun are made on that of the request, so that it never waits for a thread.
 */
final class ValidatingWebhooks implements Admission {
    /** How long beyond its timeout a call may take until it is given up. */
    private static final long SLACK_MILLIS = 5_000;

    private final Supplier<List<Hook>> hooks;
    private final HookCaller caller;
    private final Executor executor;

    ValidatingWebhooks(Supplier<List<Hook>> hooks, HookCaller caller, Executor executor) {
        this.hooks = hooks;
        this.caller = caller;
        this.executor = executor;
    }

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        List<Hook> all = hooks.get();
        if (all.isEmpty() || caller.isExempt(request)) {
            return;
        }
        List<Call> calls = new ArrayList<>();
        for (Hook hook : all) {
            caller.meant(hook, request, lookup).ifPresent(form -> {
                caller.requireAskable(hook, request);
                calls.add(new Call(hook, form, request, lookup));
            });
        }
        calls.stream().skip(1).forEach(this::begin);
        calls.forEach(Call::run);
        for (Call call : calls) {
            try {
                caller.tell(call.hook, call.verdict(), request);
            } catch (Failure e) {
                caller.failed(call.hook, request, e);
            }
        }
    }

    private void begin(Call call) {
        try {
            executor.execute(call);
        } catch (RejectedExecutionException e) {
            // Then the request makes it itself.
            call.run();
        }
    }

    /** One webhook's part; made by whoever comes first. */
    private final class Call implements Runnable {
        private final Hook hook;
        private final ResourceType<?> form;
        private final Request<?> request;
        private final Lookup lookup;
        private final AtomicBoolean begun = new AtomicBoolean();
        private final CompletableFuture<Verdict> answer = new CompletableFuture<>();

        Call(Hook hook, ResourceType<?> form, Request<?> request, Lookup lookup) {
            this.hook = hook;
            this.form = form;
            this.request = request;
            this.lookup = lookup;
        }

        @Override
        public void run() {
            if (!begun.compareAndSet(false, true)) {
                return;
            }
            try {
                answer.complete(caller.ask(hook, form, request, false, lookup));
            } catch (Failure | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }

        Verdict verdict() throws Failure {
            try {
                return answer.get(caller.timeout(hook, request).toMillis() + SLACK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new Failure("context deadline exceeded", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("the server is being closed", e);
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (cause instanceof Failure failure) {
                    throw failure;
                }
                if (cause instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new Failure(String.valueOf(cause), e);
            }
        }
    }
}

package io.orchestrator.testkit.runtime;

import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.Images;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.spi.runtime.SandboxState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A container engine that only exists in this JVM. What its containers do is given as {@link Behaviour}, by container
 * name, by image, or by a function of the whole specification, in this order; what has none {@linkplain Behaviour#runs()
 * runs}. What goes wrong is given with {@link #when}. Time, timers and threads are the environment's.
 *
 * <p>It survives {@link #close()} and closed views, like a real engine survives its clients: only a new instance is empty.
 */
public final class SimulatedRuntime implements RuntimeProvider {
    /** A container that was started. */
    public record Start(Instant at, RuntimeOwner owner, ContainerState container) {}

    private record Rule(Predicate<RuntimeCall> which, RuntimeFault fault) {}

    private final Object lock = new Object();
    private final Environment environment;
    private final BooleanSupplier waiting;
    private final Map<RuntimeOwner, SimulatedNode> nodes = new LinkedHashMap<>();
    private final Map<String, Behaviour> byContainer = new HashMap<>();
    private final Map<String, Behaviour> byImage = new HashMap<>();
    private final Map<String, ImageBehaviour> images = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Predicate<ContainerState>> silenced = new ArrayList<>();
    private final List<Start> starts = new ArrayList<>();
    private final Map<String, Images.Credentials> logins = new HashMap<>();
    private final Deque<String> freeAddresses = new ArrayDeque<>();
    private Function<ContainerSpec, Optional<Behaviour>> program = spec -> Optional.empty();
    private UnaryOperator<ContainerSpec.Resources> reported = UnaryOperator.identity();
    private Set<Ability> abilities = EnumSet.allOf(Ability.class);
    private boolean allImagesPreloaded;
    private int addresses;

    public SimulatedRuntime(Environment environment) {
        this(environment, () -> false);
    }

    /**
     * @param waiting what a reader that follows a log does while there is nothing to read: steps the simulation, and says
     *     whether that did something. Where it did not, the reader blocks.
     */
    public SimulatedRuntime(Environment environment, BooleanSupplier waiting) {
        this.environment = environment;
        this.waiting = waiting;
    }

    @Override
    public ContainerRuntime forNode(RuntimeOwner owner) {
        synchronized (lock) {
            return nodes.computeIfAbsent(owner, fresh -> new SimulatedNode(this, fresh));
        }
    }

    @Override
    public void close() {
        // nothing is held: timers belong to the environment, and pods outlive their clients
    }

    /** Containers of this name behave so from their next creation on. */
    public SimulatedRuntime container(String name, Behaviour behaviour) {
        synchronized (lock) {
            byContainer.put(name, behaviour);
        }
        return this;
    }

    /** Containers of this image behave so from their next creation on. */
    public SimulatedRuntime image(String reference, Behaviour behaviour) {
        synchronized (lock) {
            byImage.put(reference, behaviour);
        }
        return this;
    }

    /** Where neither name nor image say anything, this does. */
    public SimulatedRuntime program(Function<ContainerSpec, Optional<Behaviour>> program) {
        synchronized (lock) {
            this.program = program;
        }
        return this;
    }

    /** Containers of this name end one second after each start. */
    public SimulatedRuntime alwaysExits(String containerName, int code) {
        return container(containerName, Behaviour.exits(Duration.ofSeconds(1), code));
    }

    public SimulatedRuntime pull(String reference, ImageBehaviour behaviour) {
        synchronized (lock) {
            images.put(reference, behaviour);
        }
        return this;
    }

    /** Every node has every image: nothing is ever pulled for {@code IfNotPresent}. */
    public SimulatedRuntime withAllImages() {
        synchronized (lock) {
            allImagesPreloaded = true;
        }
        return this;
    }

    /** An engine that cannot do this; told to agents that begin from now on. */
    public SimulatedRuntime without(Ability... lacking) {
        synchronized (lock) {
            abilities = EnumSet.complementOf(EnumSet.copyOf(List.of(lacking)));
        }
        return this;
    }

    Set<Ability> abilities() {
        synchronized (lock) {
            return abilities;
        }
    }

    /** Until the handle is closed, calls that match suffer the fault. The first rule that matches counts. */
    public AutoCloseable when(Predicate<RuntimeCall> which, RuntimeFault fault) {
        Rule rule = new Rule(which, fault);
        synchronized (lock) {
            rules.add(rule);
        }
        return () -> {
            synchronized (lock) {
                rules.remove(rule);
            }
        };
    }

    /** Until the handle is closed, every call fails as if the engine were down. Pods run on. */
    public AutoCloseable away() {
        return when(
                call -> true, new RuntimeFault.Fail(RuntimeFailure.Kind.UNAVAILABLE, "the simulated engine is away"));
    }

    /** Until the handle is closed, matching containers answer no readiness or startup probe. */
    public AutoCloseable silence(Predicate<ContainerState> which) {
        synchronized (lock) {
            silenced.add(which);
        }
        return () -> {
            synchronized (lock) {
                silenced.remove(which);
            }
        };
    }

    /**
     * From now on nodes are told these limits of each container, as by an engine that takes some which it cannot hold it to.
     * {@link #containers()} goes on to say what was taken.
     */
    public SimulatedRuntime reporting(UnaryOperator<ContainerSpec.Resources> reported) {
        synchronized (lock) {
            this.reported = reported;
        }
        return this;
    }

    /** Ends matching containers that run, with this code. Returns how many. */
    public int kill(Predicate<ContainerState> which, int exitCode) {
        synchronized (lock) {
            int killed = 0;
            for (SimulatedNode node : nodes.values()) {
                for (SimulatedContainer container : List.copyOf(node.containers.values())) {
                    if (container.running() && which.test(container.state())) {
                        node.end(container, exitCode, false);
                        killed++;
                    }
                }
            }
            return killed;
        }
    }

    /** Ends matching sandboxes with all that runs in them, as a restart of the machine would. */
    public int killSandboxes(Predicate<SandboxState> which) {
        synchronized (lock) {
            int killed = 0;
            for (SimulatedNode node : nodes.values()) {
                for (SandboxState sandbox : List.copyOf(node.sandboxes.values())) {
                    if (sandbox.ready() && which.test(sandbox)) {
                        node.killSandbox(sandbox.id());
                        killed++;
                    }
                }
            }
            return killed;
        }
    }

    /** A machine dies with all that runs on it; it is empty when it comes back. */
    public void killNode(String nodeName) {
        synchronized (lock) {
            nodes.forEach((owner, node) -> {
                if (owner.nodeName().equals(nodeName)) {
                    node.sandboxes.keySet().forEach(node::killSandbox);
                }
            });
        }
    }

    /** Every container of every owner, running or not. */
    public List<ContainerState> containers() {
        synchronized (lock) {
            return nodes.values().stream()
                    .flatMap(node -> node.states().stream())
                    .toList();
        }
    }

    /** Every sandbox of every owner, ready or not. */
    public List<SandboxState> sandboxes() {
        synchronized (lock) {
            return nodes.values().stream()
                    .flatMap(node -> node.sandboxes.values().stream())
                    .toList();
        }
    }

    /** Every start of a container of this name so far, in order. */
    public List<Start> starts(String containerName) {
        synchronized (lock) {
            return starts.stream()
                    .filter(start -> start.container().name().equals(containerName))
                    .toList();
        }
    }

    /** Whether the container would answer a readiness or startup probe at this moment. */
    public boolean answersReadiness(String containerId) {
        synchronized (lock) {
            SimulatedContainer container = running(containerId);
            return container != null
                    && container.startedAt != null
                    && container.behaviour.readyAfter() != null
                    && !now().isBefore(container.startedAt.plus(container.behaviour.readyAfter()))
                    && silenced.stream().noneMatch(which -> which.test(container.state()));
        }
    }

    /** Whether the container would answer a liveness probe at this moment. */
    public boolean answersLiveness(String containerId) {
        synchronized (lock) {
            SimulatedContainer container = running(containerId);
            return container != null
                    && container.startedAt != null
                    && (container.behaviour.healthyFor() == null
                            || now().isBefore(container.startedAt.plus(container.behaviour.healthyFor())));
        }
    }

    private @Nullable SimulatedContainer running(String containerId) {
        for (SimulatedNode node : nodes.values()) {
            SimulatedContainer container = node.containers.get(containerId);
            if (container != null && container.running()) {
                return container;
            }
        }
        return null;
    }

    // ---- for the parts of the engine

    <T> CompletionStage<T> call(RuntimeCall call, Supplier<CompletionStage<T>> effect) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        RuntimeFault fault;
        synchronized (lock) {
            fault = rules.stream()
                    .filter(rule -> rule.which().test(call))
                    .map(Rule::fault)
                    .findFirst()
                    .orElse(null);
        }
        if (fault instanceof RuntimeFault.Fail fail) {
            fail(answer, new RuntimeFailure(fail.kind(), fail.message()));
        } else if (!(fault instanceof RuntimeFault.Hang)) {
            Duration delay = fault instanceof RuntimeFault.Slow slow ? slow.by() : Duration.ZERO;
            boolean lost = fault instanceof RuntimeFault.LoseAnswer;
            after(delay, () -> perform(effect, answer, lost));
        }
        return answer;
    }

    private <T> void perform(Supplier<CompletionStage<T>> effect, CompletableFuture<T> answer, boolean lost) {
        CompletionStage<T> result;
        try {
            result = effect.get();
        } catch (RuntimeFailure failure) {
            result = CompletableFuture.failedFuture(failure);
        }
        result.whenComplete((value, failure) -> {
            if (lost) {
                fail(answer, new RuntimeFailure(RuntimeFailure.Kind.UNAVAILABLE, "the simulated answer was lost"));
            } else if (failure != null) {
                fail(answer, failure);
            } else {
                complete(answer, value);
            }
        });
    }

    /** Runs the action under the lock, from the executor, once that time has passed. */
    void after(Duration delay, Runnable action) {
        Runnable guarded = () -> {
            synchronized (lock) {
                action.run();
            }
        };
        if (delay.isZero()) {
            environment.executor().execute(guarded);
        } else {
            environment
                    .timers()
                    .schedule(() -> environment.executor().execute(guarded), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Completes outside the lock, whoever calls. */
    <T> void complete(CompletableFuture<T> stage, @Nullable T value) {
        environment.executor().execute(() -> stage.complete(value));
    }

    <T> void fail(CompletableFuture<T> stage, Throwable failure) {
        environment.executor().execute(() -> stage.completeExceptionally(failure));
    }

    void tell(Runnable listener) {
        environment.executor().execute(listener);
    }

    Instant now() {
        return environment.clock().instant();
    }

    ContainerSpec.Resources told(ContainerSpec.Resources taken) {
        return reported.apply(taken);
    }

    SimulatedLog newLog() {
        return new SimulatedLog(waiting);
    }

    Behaviour behaviour(ContainerSpec spec) {
        Behaviour named = byContainer.getOrDefault(spec.name(), byImage.get(spec.image()));
        return named != null ? named : program.apply(spec).orElseGet(Behaviour::runs);
    }

    /** Under the lock. */
    void loggedIn(String reference, Images.Credentials credentials) {
        logins.put(reference, credentials);
    }

    /** With which logins images were pulled, where with any. */
    public Map<String, Images.Credentials> logins() {
        synchronized (lock) {
            return Map.copyOf(logins);
        }
    }

    ImageBehaviour imageBehaviour(String reference) {
        return images.getOrDefault(reference, ImageBehaviour.pulledIn(Duration.ZERO));
    }

    boolean preloaded(String reference) {
        return allImagesPreloaded && imageBehaviour(reference).failure().isEmpty();
    }

    void recordStart(RuntimeOwner owner, SimulatedContainer container) {
        starts.add(new Start(now(), owner, container.state()));
    }

    String takeAddress() {
        String free = freeAddresses.pollFirst();
        if (free != null) {
            return free;
        }
        addresses++;
        return "10." + (128 + (addresses >> 16)) + "." + (addresses >> 8 & 255) + "." + (addresses & 255);
    }

    void giveBack(List<String> released) {
        freeAddresses.addAll(released);
    }
}

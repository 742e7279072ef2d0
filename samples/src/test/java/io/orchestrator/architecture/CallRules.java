package io.orchestrator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** What nobody may call: whatever a simulation could not control, and whatever a guest in another's JVM has no right to. */
final class CallRules {

    private static final Calls CLOCKS = Calls.none()
            .to("java.lang.System", "currentTimeMillis", "nanoTime")
            .toWithoutArguments("java.time.Instant", "now")
            .toWithoutArguments("java.time.LocalDate", "now")
            .toWithoutArguments("java.time.LocalTime", "now")
            .toWithoutArguments("java.time.LocalDateTime", "now")
            .toWithoutArguments("java.time.OffsetDateTime", "now")
            .toWithoutArguments("java.time.ZonedDateTime", "now")
            .to(
                    "java.time.Clock",
                    "systemUTC",
                    "systemDefaultZone",
                    "system",
                    "tickMillis",
                    "tickSeconds",
                    "tickMinutes")
            .toWithoutArguments("java.util.Date", "<init>");

    private static final Calls SLEEPS =
            Calls.none().to("java.lang.Thread", "sleep").to("java.util.concurrent.TimeUnit", "sleep");

    /** Sleeps by other names, which a contract may still use to pace real threads. */
    private static final Calls PARKS =
            Calls.none().to("java.util.concurrent.locks.LockSupport", "parkNanos", "parkUntil");

    private static final Calls THREADS = Calls.none()
            .to("java.lang.Thread", "<init>", "startVirtualThread", "ofVirtual", "ofPlatform")
            .toAnything("java.util.concurrent.Executors")
            .to("java.util.concurrent.ThreadPoolExecutor", "<init>")
            .to("java.util.concurrent.ScheduledThreadPoolExecutor", "<init>")
            .to("java.util.concurrent.ForkJoinPool", "<init>", "commonPool")
            .to("java.util.Timer", "<init>")
            // These take the JDK's own pool or timer thread when they are given none.
            .to("java.util.concurrent.CompletableFuture", "orTimeout", "completeOnTimeout", "delayedExecutor")
            .toWithoutParameter(
                    "java.util.concurrent.CompletableFuture",
                    "java.util.concurrent.Executor",
                    "supplyAsync",
                    "runAsync",
                    "thenApplyAsync",
                    "thenAcceptAsync",
                    "thenRunAsync",
                    "thenComposeAsync",
                    "thenCombineAsync",
                    "handleAsync",
                    "whenCompleteAsync",
                    "exceptionallyAsync")
            .to("java.util.Collection", "parallelStream")
            .to("java.util.stream.BaseStream", "parallel");

    private static final Calls CHANCE = Calls.none()
            .to("java.lang.Math", "random")
            .to("java.util.UUID", "randomUUID")
            .toWithoutArguments("java.util.Random", "<init>")
            .toWithoutArguments("java.util.SplittableRandom", "<init>")
            .toAnything("java.util.concurrent.ThreadLocalRandom")
            .to("java.util.random.RandomGenerator", "getDefault", "of")
            .to("java.security.SecureRandom", "<init>", "getInstance", "getInstanceStrong")
            .to("java.util.Collections", "shuffle");

    private static final Calls OF_THE_HOST = Calls.none()
            .to(
                    "java.lang.System",
                    "exit",
                    "setOut",
                    "setErr",
                    "setIn",
                    "setProperty",
                    "setProperties",
                    "clearProperty")
            .to("java.lang.Runtime", "exit", "halt", "addShutdownHook")
            .to("java.lang.Thread", "setDefaultUncaughtExceptionHandler")
            .to("java.security.Security", "addProvider", "insertProviderAt", "setProperty")
            .to("javax.net.ssl.SSLContext", "setDefault")
            .to("javax.net.ssl.HttpsURLConnection", "setDefaultSSLSocketFactory", "setDefaultHostnameVerifier")
            .to("java.net.Authenticator", "setDefault")
            .to("java.net.URL", "setURLStreamHandlerFactory")
            .to("java.net.ProxySelector", "setDefault")
            .to("java.util.Locale", "setDefault")
            .to("java.util.TimeZone", "setDefault")
            .toAnything("java.util.logging.LogManager")
            .to("io.prometheus.metrics.model.registry.PrometheusRegistry", "defaultRegistry");

    private final Parts parts;

    CallRules(Parts parts) {
        this.parts = parts;
    }

    List<ArchRule> all() {
        return List.of(
                coreNever("reads a clock of its own", CLOCKS),
                coreNever("parks a thread for a time", PARKS),
                coreNever("makes threads or uses the JDK's own", THREADS),
                coreNever("makes its own randomness", CHANCE),
                nobodySleeps(),
                guestsLeaveTheHostAlone(),
                noStaticState());
    }

    private ArchRule coreNever(String does, Calls calls) {
        return noClasses()
                .that(resideInAnyPackage(parts.below("core")).and(not(theEnvironment())))
                .should()
                .accessTargetWhere(calls.predicate())
                .as("outside of the environment the core never " + does);
    }

    /** Others than the core may read clocks and own threads, as their libraries do; waiting for luck nobody may. */
    ArchRule nobodySleeps() {
        return noClasses()
                .that()
                .resideInAPackage(parts.root() + "..")
                .should()
                .accessTargetWhere(SLEEPS.predicate())
                .as("nobody sleeps, tests included");
    }

    private ArchRule guestsLeaveTheHostAlone() {
        return noClasses()
                .that()
                .resideInAnyPackage(parts.library())
                .should()
                .accessTargetWhere(OF_THE_HOST.predicate())
                .as("a library does not exit, hook into or configure the JVM that it is a guest in");
    }

    private ArchRule noStaticState() {
        return fields().that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(parts.library())
                .and()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .as("no state is static, so that two clusters in one JVM do not meet");
    }

    private DescribedPredicate<JavaClass> theEnvironment() {
        String name = parts.exactly("core.env.SystemEnvironment");
        return DescribedPredicate.describe(
                "the environment",
                type -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
    }
}

package io.orchestrator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Who may import whom. */
final class ImportRules {

    private static final String[] HTTP_SERVERS = {
        "org.eclipse.jetty..", "com.sun.net.httpserver..", "jakarta.servlet..", "io.netty..", "io.vertx.."
    };
    private static final String[] DOCKER = {"com.github.dockerjava.."};
    private static final String[] ETCD = {"io.etcd..", "io.grpc.."};
    private static final String[] TEST_LIBRARIES = {
        "org.junit..", "org.assertj..", "org.mockito..", "org.awaitility..", "org.hamcrest.."
    };

    private final Parts parts;

    ImportRules(Parts parts) {
        this.parts = parts;
    }

    List<ArchRule> all() {
        return List.of(
                apiHasNoDependencies(),
                coreKnowsNeitherHttpServersNorDockerNorEtcd(),
                coreKnowsNoModuleAboveIt(),
                coreHasNoTestLibrary(),
                dockerRuntimeKnowsOnlyTheApi(),
                etcdStoreKnowsOnlyTheApi(),
                apiServerKnowsNoAdapter(),
                testkitKnowsNoAdapter(),
                librariesKnowNoProgram(),
                adaptersShowNoForeignType(),
                loopsDoNotReachPastTheClient(),
                onlyTheRegistryUsesTheStore(),
                nothingDependsOnTheWiring(),
                controllersDoNotKnowOneAnother(),
                controllersKnowNoOtherLoop(),
                schedulerKnowsNoOtherLoop(),
                agentKnowsNoOtherLoop(),
                pluginsDoNotSeeTheClient(),
                coreHasNoCycles());
    }

    private ArchRule apiHasNoDependencies() {
        return classes()
                .that()
                .resideInAnyPackage(parts.below("api", "spi"))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(parts.below("api", "spi"))
                        // The last two are needed to compile, not to run.
                        .or(resideInAnyPackage("java..", "org.jspecify..", "io.soabase.recordbuilder.core..")))
                .as("the API and the SPIs need nothing but the JDK, and an SPI shows no third-party type");
    }

    private ArchRule coreKnowsNeitherHttpServersNorDockerNorEtcd() {
        return noClasses()
                .that()
                .resideInAPackage(parts.below("core"))
                .should(dependOnClassesThat(resideInAnyPackage(HTTP_SERVERS)
                        .or(resideInAnyPackage(DOCKER))
                        .or(resideInAnyPackage(ETCD))))
                .as("the core imports no HTTP server, Docker or etcd classes");
    }

    private ArchRule coreKnowsNoModuleAboveIt() {
        return noClasses()
                .that()
                .resideInAPackage(parts.below("core"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(parts.below("apiserver", "runtime.docker", "store.etcd", "testkit"))
                .as("the core imports the API only");
    }

    private ArchRule coreHasNoTestLibrary() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        parts.below("api", "spi", "core", "apiserver", "runtime.docker", "store.etcd", "samples"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TEST_LIBRARIES)
                .as("only the testkit brings test libraries to run time");
    }

    private ArchRule dockerRuntimeKnowsOnlyTheApi() {
        return ownPackagesAndTheApiOnly("runtime.docker");
    }

    private ArchRule etcdStoreKnowsOnlyTheApi() {
        return ownPackagesAndTheApiOnly("store.etcd");
    }

    private ArchRule ownPackagesAndTheApiOnly(String adapter) {
        return noClasses()
                .that()
                .resideInAPackage(parts.below(adapter))
                .should(dependOnClassesThat(resideInAnyPackage(parts.root() + "..")
                        .and(not(resideInAnyPackage(parts.below("api", "spi", adapter))))))
                .as(adapter + " imports the API and nothing else of ours");
    }

    private ArchRule apiServerKnowsNoAdapter() {
        return noClasses()
                .that()
                .resideInAPackage(parts.below("apiserver"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(parts.below("runtime.docker", "store.etcd", "testkit"))
                .as("the API server imports the core only");
    }

    private ArchRule testkitKnowsNoAdapter() {
        return noClasses()
                .that()
                .resideInAPackage(parts.below("testkit"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(parts.below("runtime.docker", "store.etcd", "apiserver"))
                .as("the testkit imports the core only");
    }

    private ArchRule librariesKnowNoProgram() {
        return noClasses()
                .that()
                .resideInAnyPackage(parts.library())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(parts.below("samples", "benchmarks"))
                .as("no library imports the samples or the benchmarks");
    }

    /** Only of the package that hosts import; what lies below it is the adapter's own business. */
    private ArchRule adaptersShowNoForeignType() {
        return noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(
                        parts.exactly("runtime.docker"), parts.exactly("store.etcd"), parts.exactly("apiserver"))
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .arePublic()
                .and(ForeignSignature.notAnOverride())
                .should(ForeignSignature.show(
                        resideInAnyPackage(DOCKER).or(resideInAnyPackage(ETCD)).or(resideInAnyPackage(HTTP_SERVERS))))
                .as("what an adapter shows to hosts names no type of the library below it");
    }

    private ArchRule loopsDoNotReachPastTheClient() {
        return noClasses()
                .that()
                .resideInAnyPackage(parts.loops())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(parts.below("core.registry", "core.store", "spi.store"))
                .as("controllers, scheduler, agent and proxies know the cluster through the client alone");
    }

    private ArchRule onlyTheRegistryUsesTheStore() {
        return noClasses()
                .that(resideInAnyPackage(parts.below("core"))
                        .and(not(resideInAnyPackage(parts.below("core.registry", "core.store", "core.embed")))))
                .should(dependOnClassesThat(
                        resideInAnyPackage(parts.below("core.store")).or(name(parts.exactly("spi.store.Store")))))
                .as("the registry alone reads and writes the store");
    }

    private ArchRule nothingDependsOnTheWiring() {
        return noClasses()
                .that(resideInAnyPackage(parts.below("core")).and(not(resideInAnyPackage(parts.below("core.embed")))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(parts.below("core.embed"))
                .as("the cluster wires the parts, and no part knows the cluster");
    }

    private ArchRule controllersDoNotKnowOneAnother() {
        return noClasses()
                .that()
                .resideInAPackage(parts.below("core.control.*"))
                .should(new DependOnAnotherController(parts.exactly("core.control")))
                .as("no controller imports another");
    }

    private ArchRule controllersKnowNoOtherLoop() {
        return noLoopKnows("core.control", "core.schedule", "core.agent", "core.network")
                .as("controllers do not import the scheduler, the agent or the proxies");
    }

    // The queue and the engine in core.control itself are for every loop; the controllers below it are not.
    private ArchRule schedulerKnowsNoOtherLoop() {
        return noLoopKnows("core.schedule", "core.control.*", "core.agent", "core.network")
                .as("the scheduler does not import controllers, the agent or the proxies");
    }

    private ArchRule agentKnowsNoOtherLoop() {
        return noLoopKnows("core.agent", "core.control.*", "core.schedule")
                .as("the agent does not import controllers or the scheduler");
    }

    private ArchRule noLoopKnows(String loop, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(parts.below(loop))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(parts.below(others));
    }

    private ArchRule pluginsDoNotSeeTheClient() {
        return noClasses()
                .that()
                .resideInAPackage(parts.below("core.schedule.plugin"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(parts.below("api.client", "core.client"))
                .as("a scheduler plugin does not import the client");
    }

    private ArchRule coreHasNoCycles() {
        return slices().matching(parts.root() + ".core.(*)..")
                .should()
                .beFreeOfCycles()
                .as("the parts of the core form no cycle");
    }
}

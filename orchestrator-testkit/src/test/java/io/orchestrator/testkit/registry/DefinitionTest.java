package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.core.schema.DefinitionNames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be defined, under which names, and how it goes. */
class DefinitionTest {
    private static final String NAME = "crontabs.stable.example.com";

    private final RegistryFixture cluster = new RegistryFixture();
    private final ResourceClient<CustomResourceDefinition> definitions =
            cluster.client.resources(CustomResourceDefinition.TYPE);

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        group: stable.example.com | group: other.example.com | metadata.name
        scope: Namespaced | scope: Sometimes | spec.scope
        storage: true | storage: false | spec.versions
        image: {type: string, default: busybox} | image: {type: string, default: 5} | default
        image: {type: string, default: busybox} | image: {} | properties[image].type
        image: {type: string, default: busybox} | image: {type: string, pattern: '('} | pattern
        hosts: {type: array, x-kubernetes-list-type: set, items: {type: string}} | hosts: {type: array} | properties[hosts].items
        x-kubernetes-list-map-keys: [name] | x-kubernetes-list-map-keys: [nobody] | x-kubernetes-list-map-keys[0]
        note: {type: string, nullable: true} | note: {type: object, additionalProperties: false} | additionalProperties
        note: {type: string, nullable: true} | note: {type: string, anyOf: [{type: integer}]} | anyOf[0].type
        specReplicasPath: .spec.replicas | specReplicasPath: .status.replicas | specReplicasPath
        selectableFields: [{jsonPath: .spec.image}] | selectableFields: [{jsonPath: .spec.nowhere}] | selectableFields[0].jsonPath
        jsonPath: .spec.image} | jsonPath: spec..image} | jsonPath
        """)
    void schemasAndNamesThatKubernetesRefusesAreRefused(String right, String wrong, String field) {
        assertThat(CronTabs.DEFINITION).contains(right);

        assertThatThrownBy(() -> definitions.create(CronTabs.definition(CronTabs.DEFINITION.replace(right, wrong))))
                .asInstanceOf(type(ApiException.class))
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(Reason.INVALID);
                    assertThat(e.causes())
                            .anySatisfy(cause -> assertThat(cause.field()).contains(field));
                });
    }

    @Test
    void shortNameThatIsTakenKeepsTheNewcomerFromBeingServed() {
        definitions.create(CronTabs.definition());
        CustomResourceDefinition rival = definitions.create(CronTabs.definition(
                CronTabs.DEFINITION.replace("crontabs", "countertabs").replace("kind: CronTab", "kind: CounterTab")));

        assertThat(DefinitionNames.isTrue(rival, "NamesAccepted")).isFalse();
        assertThat(DefinitionNames.isTrue(rival, "Established")).isFalse();
        assertThat(rival.status().conditions())
                .anySatisfy(condition -> assertThat(condition.message()).contains("\"ct\" is already in use"));
    }

    @Test
    void nothingNewIsMadeOfAKindThatIsGoingAndItsWatchesEndWithIt() {
        definitions.create(CronTabs.definition());
        ResourceClient<Unstructured> tabs = cluster.client.resources(CronTabs.TYPE);
        tabs.create(CronTabs.named("a"));
        List<String> seen = new ArrayList<>();
        tabs.watch(ListOptions.all(), new WatchListener<>() {
            @Override
            public void onEvent(WatchEvent<Unstructured> event) {
                seen.add(event.type() + " " + event.object().metadata().name());
            }

            @Override
            public void onClosed(ApiException cause) {
                seen.add("closed");
            }
        });
        cluster.settle();

        definitions.delete(NAME);
        assertThatThrownBy(() -> tabs.create(CronTabs.named("b")))
                .asInstanceOf(type(ApiException.class))
                .extracting(ApiException::reason)
                .isEqualTo(Reason.METHOD_NOT_ALLOWED);
        // As long as objects wait for their finalizers, the kind is on its way out, and watched.
        cluster.time.advance(java.time.Duration.ofSeconds(30));
        tabs.delete("a");
        definitions.edit(NAME, each -> each.withMetadata(each.metadata().withFinalizers(List.of())));
        cluster.time.advance(java.time.Duration.ofSeconds(5));

        assertThat(definitions.find(NAME)).isEmpty();
        assertThatThrownBy(tabs::list).hasMessage("the server could not find the requested resource");
        assertThat(seen).containsExactly("ADDED a", "DELETED a", "closed");
    }

    @Test
    void whatOneRegistryDefinesAnotherOnTheSameStoreServes() {
        try (var other = new io.orchestrator.core.registry.Registry(
                cluster.store,
                cluster.environment,
                io.orchestrator.core.registry.kinds.BuiltInKinds.catalog(
                        io.orchestrator.core.registry.address.RangeAllocator.standard(cluster.environment.random())),
                new io.orchestrator.core.registry.JsonForms(
                        new io.orchestrator.core.codec.ObjectCodec(new io.orchestrator.core.schema.Schemas())),
                List.of())) {
            other.start();
            definitions.create(CronTabs.definition());
            cluster.settle();

            assertThat(other.catalog().find("stable.example.com", "v1", "crontabs"))
                    .isPresent();
        }
    }
}

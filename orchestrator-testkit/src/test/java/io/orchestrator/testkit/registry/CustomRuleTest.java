package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.Unstructured;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules in CEL that a definition brings. */
class CustomRuleTest {
    private final RegistryFixture cluster = new RegistryFixture();
    private final ResourceClient<Unstructured> tabs = cluster.client.resources(CronTabs.TYPE);

    @AfterEach
    void close() {
        cluster.close();
    }

    /** @param rules of the spec, as YAML in flow style */
    private void define(String rules) {
        String yaml = CronTabs.DEFINITION;
        int at = yaml.indexOf("required: [schedule]");
        String indent = yaml.substring(yaml.lastIndexOf('\n', at) + 1, at);
        cluster.client.create(CronTabs.definition(
                yaml.substring(0, at) + "x-kubernetes-validations: " + rules + "\n" + indent + yaml.substring(at)));
    }

    @Test
    void ruleThatDoesNotHoldRefusesWithItsMessageAtItsField() {
        define("[{rule: 'self.replicas < 5 || has(self.note)', message: needs a note, fieldPath: .note,"
                + " reason: FieldValueRequired}]");

        tabs.create(CronTabs.named("few", Map.of("schedule", "* * *", "replicas", 2)));
        assertThatThrownBy(() -> tabs.create(CronTabs.named("many", Map.of("schedule", "* * *", "replicas", 9))))
                .hasMessageContaining("spec.note: Required value: needs a note");
    }

    @Test
    void messageIsWorkedOutFromTheObject() {
        define("[{rule: 'self.replicas < 5', messageExpression: '\"at most 4, not \" + string(self.replicas)'}]");

        assertThatThrownBy(() -> tabs.create(CronTabs.named("many", Map.of("schedule", "* * *", "replicas", 9))))
                .hasMessageContaining("spec: Invalid value: \"object\": at most 4, not 9");
    }

    @Test
    void ruleOnChangesComparesWithWhatStoodThere() {
        define("[{rule: 'self.replicas >= oldSelf.replicas', message: only up}]");
        tabs.create(CronTabs.named("a", Map.of("schedule", "* * *", "replicas", 3)));

        tabs.patch("a", Patch.merge("{\"spec\":{\"replicas\":4}}"));
        assertThatThrownBy(() -> tabs.patch("a", Patch.merge("{\"spec\":{\"replicas\":2}}")))
                .hasMessageContaining("only up");
    }

    @Test
    void optionalOldSelfLetsARuleSeeNewObjectsToo() {
        define("[{rule: 'oldSelf.hasValue() || self.replicas == 1', optionalOldSelf: true, message: starts with one}]");

        assertThatThrownBy(() -> tabs.create(CronTabs.named("a", Map.of("schedule", "* * *", "replicas", 2))))
                .hasMessageContaining("starts with one");
        tabs.create(CronTabs.named("a"));
        tabs.patch("a", Patch.merge("{\"spec\":{\"replicas\":4}}"));
    }

    @Test
    void ruleThatMakesNoSenseIsRefusedWithTheDefinition() {
        assertThatThrownBy(() -> define("[{rule: 'self.nothing == 1'}]"))
                .hasMessageContaining("x-kubernetes-validations[0].rule")
                .hasMessageContaining("undefined field 'nothing'");
        assertThatThrownBy(() -> define("[{rule: 'self.replicas +'}]")).hasMessageContaining("compilation failed");
        assertThatThrownBy(() -> define("[{rule: '1 + 1'}]")).hasMessageContaining("must evaluate to bool");
    }

    @Test
    void ruleThatNeverEndsIsCutOff() {
        define("[{rule: 'self.hosts.all(a, self.hosts.all(b, self.hosts.all(c, a != b || b != c || a == c)))'}]");
        List<String> hosts = java.util.stream.IntStream.range(0, 200)
                .mapToObj(Integer::toString)
                .toList();

        assertThatThrownBy(() -> tabs.create(CronTabs.named("a", Map.of("schedule", "* * *", "hosts", hosts))))
                .hasMessageContaining("spec: Invalid value");
    }

    @Test
    void rulesSeeNullsNumbersAndListsAsTheSchemaHasThem() {
        define("[{rule: 'self.hosts.exists(h, h.startsWith(\"a\")) && self.note == null'}]");
        Map<String, Object> spec = new java.util.LinkedHashMap<>(Map.of("schedule", "* * *", "hosts", List.of("abc")));
        spec.put("note", null);

        assertThat(tabs.create(CronTabs.named("a", Collections.unmodifiableMap(spec)))
                        .find("spec", "hosts"))
                .isPresent();
    }
}

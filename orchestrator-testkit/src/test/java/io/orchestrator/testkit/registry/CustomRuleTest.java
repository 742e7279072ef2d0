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
        define(CronTabs.DEFINITION, rules);
    }

    private void define(String yaml, String rules) {
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
        define(
                "[{rule: 'self.replicas < 5', messageExpression: '\"at most 4, not \" + (self.replicas > 8 ? \"9\" : \"5\")'}]");

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
        define(bounded("maxItems: 1000"), "[{rule: 'self.hosts.all(a, self.hosts.all(b, true))'}]");
        List<String> hosts = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(Integer::toString)
                .toList();

        assertThatThrownBy(() -> tabs.create(CronTabs.named("a", Map.of("schedule", "* * *", "hosts", hosts))))
                .hasMessageContaining(
                        "spec: Invalid value: \"object\": 'operation cancelled: actual cost limit exceeded':"
                                + " no further validation rules will be run due to call cost exceeds limit for rule: self.hosts");
    }

    @Test
    void keywordsAreFieldsLikeOthers() {
        String definition = CronTabs.DEFINITION.replaceFirst(
                "(?m)^( *)hosts: ", "$1namespace: {type: string, maxLength: 9}\n$1hosts: ");
        define(
                definition,
                "[{rule: '!has(self.namespace) || self.namespace == self.__namespace__ && self.namespace != \"a\"',"
                        + " message: not there}]");

        tabs.create(CronTabs.named("b", Map.of("schedule", "* * *", "namespace", "b")));
        assertThatThrownBy(() -> tabs.create(CronTabs.named("a", Map.of("schedule", "* * *", "namespace", "a"))))
                .hasMessageContaining("not there");
    }

    @Test
    void ruleThatCouldCostTooMuchIsRefusedWithTheDefinitionUntilListsAreBounded() {
        String rules = "[{rule: 'self.hosts.all(a, self.hosts.all(b, a == b))'}]";

        assertThatThrownBy(() -> define(rules))
                .hasMessageContaining(
                        "x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by"
                                + " factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and"
                                + " maxLength where arrays, maps, and strings are declared)")
                .hasMessageContaining("contributed to estimated rule cost total")
                .hasMessageContaining("openAPIV3Schema: Forbidden: x-kubernetes-validations estimated rule cost total");
        assertThatThrownBy(() -> define(bounded("maxItems: 10"), rules))
                .hasMessageContaining("exceeds budget by factor of 3.1x (");
        define(bounded("maxItems: 20"), "[{rule: 'self.hosts.all(a, a.size() < 9)'}]");
    }

    @Test
    void messagesCostTooAndOfATextThatIsWorkedOutNobodyKnowsHowLongItIs() {
        assertThatThrownBy(() -> define("[{rule: 'true', messageExpression: '\"not \" + string(self.replicas)'}]"))
                .hasMessageContaining("x-kubernetes-validations[0].messageExpression: Forbidden: estimated"
                        + " messageExpression cost exceeds budget by factor of more than 100x");
    }

    @Test
    void ruleWhoseTypesDoNotFitIsRefusedWithTheDefinition() {
        assertThatThrownBy(() -> define("[{rule: 'self.replicas == self.schedule'}]"))
                .hasMessageContaining("found no matching overload for '_==_'");
    }

    private static String bounded(String bounds) {
        return CronTabs.DEFINITION.replace("hosts: {type: array,", "hosts: {type: array, " + bounds + ",");
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

package io.orchestrator.core.registry.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.apiextensions.JSONSchemaProps;
import io.orchestrator.api.model.apiextensions.ValidationRule;
import io.orchestrator.api.model.apiextensions.ValidationRuleBuilder;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.cel.ValueShape;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.validation.Violations;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.shape.SchemaBuilder;
import io.orchestrator.core.shape.SchemaShapes;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules cost what Kubernetes reckons: the figures are those that its own tests expect. */
class RuleCostTest {
    private static final String OBJECTS =
            "{'type':'array','items':{'type':'object','required':['required'],'properties':{'required':"
                    + "{'type':'string'},'optional':{'type':'string'}}}}";
    private static final ObjectCodec CODEC = new ObjectCodec(new Schemas());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'array','items':{'type':'number'}} | self.all(x, true) | 4718591",
                "{'type':'array','maxItems':10,'items':{'type':'number'}} | self.all(x, true) | 32",
                "{'type':'array','items':{'type':'string'}} | self.all(x, true) | 3145727",
                "{'type':'array','items':{'type':'boolean'}} | self.all(x, true) | 1887437",
                "{'type':'array','items':{'type':'array','items':{'type':'number'}}} | self.all(x, true) | 3145727",
                OBJECTS + " | self.all(x, true) | 555128",
                "{'type':'array','items':{'type':'string','format':'date-time'}} | self.all(x, true) | 428963",
                "{'type':'array','items':{'type':'string','format':'date'}} | self.all(x, true) | 725936",
                "{'type':'array','items':{'type':'string','format':'duration'}} | self.all(x, true) | 2359295",
                "{'type':'array','items':{'x-kubernetes-int-or-string':true}} | self.all(x, true) | 4718591",
                "{'type':'object','additionalProperties':{'type':'number'}} | self.all(x, true) | 1348169",
                "{'type':'object','additionalProperties':{'type':'string'}} | self.all(x, true) | 1179647",
                "{'type':'string'} | self.contains('test') | 314574",
                "{'type':'string','maxLength':10} | self.contains('test') | 5",
                "{'type':'string','enum':['A','B','LongValue']} | self.contains('A') | 2",
                "{'type':'string'} | self.startsWith('test') | 2",
                "{'type':'string'} | size(self + 'hello') > size('hello') | 314578",
                "{'type':'array','items':{'type':'number'}} | self[1] == 0.0 | 2",
                "{'type':'array','items':{'type':'string'}} | self[1] == self[1] | 314577",
                "{'type':'array','maxItems':10,'items':{'type':'number'}} | self.all(x, self.all(y, true)) | 352",
                "{'type':'array','maxItems':10,'items':{'type':'number'}}"
                        + " | self.all(x, self.all(y, self.all(z, true))) | 3552",
                "{'type':'string'} | self.matches('x') | 314574",
                "{'type':'string'} | ''.matches('(((((((((())))))))))[0-9]') | 7",
                "{'type':'object','maxProperties':10,'additionalProperties':{'type':'string','maxLength':10}}"
                        + " | self.all(x, x.contains(self[x])) | 72",
                "{'type':'string','maxLength':0} | self == 'x' | 1",
                "{'type':'string','format':'byte'} | self == b'x' | 2",
                "{'type':'array','items':{'type':'object','additionalProperties':{'type':'number'}}}"
                        + " | self.all(x, x.y == 25.2) | 6291452",
                "{'type':'array','items':{'type':'object','additionalProperties':{'type':'number'}}}"
                        + " | self[0].x > 2.0 | 4",
                OBJECTS + " | self[0] == null | 2",
                "{'type':'array','items':{'type':'string','format':'duration'}} | self[0].getHours() == 2 | 4",
                "{'type':'object','additionalProperties':{'type':'string','format':'date-time'}}"
                        + " | self['a'] == self['b'] | 8",
                "{'type':'string','maxLength':10} | self.find('[0-9]+') == '' | 11",
                "{'type':'array','maxItems':10,'items':{'type':'string','maxLength':10}}"
                        + " | self.join(' ') == 'aa bb' | 43",
                "{'type':'array','items':{'type':'string'}} | self.join(' ') == 'aa bb' | 329853068905",
                "{'type':'array','maxItems':10,'items':{'type':'string','maxLength':10}}"
                        + " | self.isSorted() == true | 52",
                "{'type':'array','items':{'type':'string'}} | self.isSorted() == true | 329854432052",
                "{'type':'object','properties':{'str':{'type':'string','maxLength':4},'before':{'type':'string',"
                        + "'maxLength':2},'after':{'type':'string','maxLength':4}}}"
                        + " | self.str.replace(self.before, self.after) == 'does not matter' | 12",
                "{'type':'object','properties':{'str':{'type':'string','maxLength':10},'separator':"
                        + "{'type':'string','maxLength':10}}} | self.str.split(self.separator) == [] | 22",
                "{'type':'string'} | self.lowerAscii() == 'lower!' | 314575",
                "{'type':'object','additionalProperties':{'type':'integer'}} | oldSelf.size() == self.size() | 5",
            })
    void costIsThatOfKubernetes(String schema, String rule, long cost) {
        assertThat(cost(schema, rule)).isEqualTo(cost);
    }

    @Test
    void typesThatDoNotFitAreTold() {
        String schema = "{'type':'object','properties':{'n':{'type':'integer'},'maybe':{'type':'string',"
                + "'nullable':true}}}";
        assertThatThrownBy(() -> cost(schema, "self.n == 'a'"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("found no matching overload for '_==_'");
        assertThatThrownBy(() -> cost(schema, "self.m == 1")).hasMessageContaining("undefined field 'm'");
        assertThat(cost(schema, "self.maybe == null || self.maybe.startsWith('x')"))
                .isPositive();
    }

    @Test
    void schemaThatIsStoredAlreadyStaysAsItIs() {
        CustomResourceDefinition definition =
                (CustomResourceDefinition) Manifests.builtIn().read("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: lists.example.com}
                spec:
                  group: example.com
                  scope: Namespaced
                  names: {plural: lists, singular: list, kind: List, listKind: ListList}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          items: {type: array, items: {type: string}}
                        x-kubernetes-validations:
                        - rule: self.items.all(a, self.items.all(b, a != b))
                """).get(0);
        DefinitionValidation validation = new DefinitionValidation(new SchemaBuilder(CODEC), new RuleCompiler());
        Violations written = new Violations();
        validation.check(definition, null, written);
        Violations again = new Violations();
        validation.check(definition, definition, again);

        assertThat(written.isEmpty()).isFalse();
        assertThat(again.isEmpty()).isTrue();
    }

    /** Items of what is worked out count as large as the value that the rule is of, as Kubernetes has it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string','maxLength':63} | self.split('.').all(x, x.matches('^[a-z]+$'))",
                "{'type':'string','maxLength':63} | self.split('@')[1].matches('^v[0-9]+$')",
                "{'type':'object','properties':{'hosts':{'type':'array','maxItems':9,'items':{'type':'string',"
                        + "'maxLength':63}}}} | (has(self.hosts) ? self.hosts : []).all(h, h.matches('^[a-z]+$'))",
                "{'type':'array','maxItems':9,'items':{'type':'string','maxLength':63}}"
                        + " | self.filter(x, x != '').all(y, y.matches('^[a-z]+$'))",
                "{'type':'array','maxItems':9,'items':{'type':'string','maxLength':63}}"
                        + " | sets.contains(['a', 'b'], self)",
                "{'type':'string','maxLength':20} | quantity(self) == quantity('1Gi')",
            })
    void ruleOverWhatIsWorkedOutIsAsCheapAsInKubernetes(String schema, String rule) {
        assertThat(cost(schema, rule)).isBetween(1L, 100_000L);
    }

    /** Of functions over texts that are read, with the arguments' own costs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "url('https:://kubernetes.io/').getScheme() | 4",
                "url('https:://kubernetes.io/') == url('https:://kubernetes.io/') | 9",
                "url('http://x.b') == url('http://x.b') | 3",
                "isURL('https:://kubernetes.io/') | 1",
                "ip('192.168.0.1').isGlobalUnicast() | 3",
                "ip('2001:db8:3333:4444:5555:6666:7777:8888') == ip('192.168.0.1') | 7",
                "ip.isCanonical('2001:db8:3333:4444:5555:6666:7777:8888') | 8",
                "cidr('192.168.0.0/16').ip().family() == 4 | 5",
                "cidr('192.168.0.0/16').containsCIDR(cidr('192.0.0.0/30')) | 11",
                "cidr('192.168.0.0/16').containsCIDR('192.0.0.0/30') | 11",
                "cidr('192.168.0.0/16').containsIP(ip('192.0.0.1')) | 7",
                "cidr('192.168.0.0/16').containsIP('192.169.0.1') | 8",
                "isCIDR('192.168.0.0/16') && isIP('192.168.0.1') | 4",
                "quantity('12Mi').add(quantity('50k')) == quantity('1Gi') | 5",
                "quantity('12Mi').isInteger() && sign(quantity('12Mi')) == 1 | 5",
                "format.dns1123Label().validate('my-name').hasValue() | 34",
                "format.uuid() == format.date() | 9",
                "[1, 2, 3, 4, 5].indexOf(3) == 1 | 16",
                "'01234567890123456789012345678901234567890123456789'.lastIndexOf('123') == 1 | 6",
                "'%s'.format([self]) == 'a' | 13",
            })
    void textsThatAreReadCostWhatTheirLengthTakes(String rule, long cost) {
        assertThat(cost("{'type':'string','maxLength':10}", rule)).isEqualTo(cost);
    }

    /** Kubernetes has no bound for it, though it has one for equality. */
    @Test
    void inequalityOfQuantitiesHasNoBound() {
        assertThat(cost("{'type':'string','maxLength':10}", "quantity(self) != quantity('1')"))
                .isGreaterThan(10_000_000);
    }

    private static long cost(String schema, String rule) {
        JSONSchemaProps declared = CODEC.read(CODEC.trees().parse(schema.replace('\'', '"')), JSONSchemaProps.class)
                .value();
        ValueShape shape = Objects.requireNonNull(SchemaShapes.of(new SchemaBuilder(CODEC).build(declared), false));
        ValidationRule written = ValidationRuleBuilder.builder().rule(rule).build();
        return new RuleTypes(shape).cost(written, rule);
    }
}

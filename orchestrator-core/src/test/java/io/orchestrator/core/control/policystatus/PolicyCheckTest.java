package io.orchestrator.core.control.policystatus;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.admissionregistration.ExpressionWarning;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Schemas;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of expressions by the types of what they look at; the words are those that users of Kubernetes know. */
class PolicyCheckTest {
    private static final ObjectCodec CODEC = new ObjectCodec(new Schemas());
    private static final String DEPLOYMENTS = "{apiGroups: [apps], apiVersions: [v1], resources: [deployments]}";
    private static final String CRONTABS =
            "{apiGroups: [stable.example.com], apiVersions: [v1], resources: [crontabs]}";
    private static final CustomResourceDefinition CRONTAB =
            (CustomResourceDefinition) Manifests.builtIn().read("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: crontabs.stable.example.com}
            spec:
              group: stable.example.com
              scope: Namespaced
              names: {plural: crontabs, kind: CronTab}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties:
                          cron-spec: {type: string}
                          namespace: {type: string}
                          replicas: {type: integer}
                          limit: {x-kubernetes-int-or-string: true}
            """).get(0);

    private static List<ExpressionWarning> check(String rules, String more) {
        ValidatingAdmissionPolicy policy = (ValidatingAdmissionPolicy)
                Manifests.builtIn().read("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: checked}
                spec:
                  matchConstraints: {resourceRules: [%s]}
                  %s
                """.formatted(rules, more)).get(0);
        return PolicyCheck.warnings(policy.spec(), new KnownKinds(CODEC, List.of(CRONTAB)));
    }

    private static List<ExpressionWarning> rule(String rules, String expression) {
        return check(rules, "validations: [{expression: \"" + expression + "\"}]");
    }

    @Test
    void fieldThatTheKindDoesNotHaveIsShownWhereItStands() {
        assertThat(rule(DEPLOYMENTS, "object.replicas > 1"))
                .containsExactly(new ExpressionWarning("spec.validations[0].expression", """
                        apps/v1, Kind=Deployment: ERROR: <input>:1:7: undefined field 'replicas'
                         | object.replicas > 1
                         | ......^
                        """));
    }

    @Test
    void whatFitsIsNotMentioned() {
        assertThat(check(DEPLOYMENTS, """
                variables:
                  - {name: containers, expression: object.spec.template.spec.containers}
                  - {name: first, expression: 'variables.containers[0]'}
                  validations:
                  - expression: "object == null || oldObject == null || object.spec.replicas > oldObject.spec.replicas"
                  - expression: "variables.containers.all(c, c.image.startsWith('registry.example.com/'))"
                  - expression: "variables.first.ports.exists(p, p.containerPort == 80) && has(object.metadata.labels)"
                  - expression: "!has(object.spec.template.spec.securityContext) || has(object.metadata.labels.app)"
                  - expression: "object.metadata.namespace == 'a' && object.metadata.__namespace__ == 'a'"
                  - expression: "quantity(variables.first.resources.limits['cpu']).isLessThan(quantity('1'))"
                  - expression: "object.metadata.creationTimestamp < timestamp('2026-01-01T00:00:00Z')"
                  - expression: "authorizer.requestResource.check('get').allowed() && request.userInfo.username != ''"
                    messageExpression: "namespaceObject.metadata.labels['tier'] + request.operation"
                """)).isEmpty();
    }

    @Test
    void kindsAreToldApartInTheOrderOfTheirNames() {
        List<ExpressionWarning> warnings = rule(
                "{apiGroups: [apps], apiVersions: [v1], resources: [replicasets, deployments]},"
                        + " {apiGroups: [''], apiVersions: [v1], resources: [pods]}",
                "object.spec.replicas > 1 && object.spec.paused");

        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.warning()).isEqualTo("""
                        /v1, Kind=Pod: ERROR: <input>:1:12: undefined field 'replicas'
                         | object.spec.replicas > 1 && object.spec.paused
                         | ...........^
                        ERROR: <input>:1:40: undefined field 'paused'
                         | object.spec.replicas > 1 && object.spec.paused
                         | .......................................^

                        apps/v1, Kind=ReplicaSet: ERROR: <input>:1:40: undefined field 'paused'
                         | object.spec.replicas > 1 && object.spec.paused
                         | .......................................^
                        """));
    }

    @Test
    void typesThatDoNotFitAreNamed() {
        assertThat(rule(DEPLOYMENTS, "object.spec.replicas == 'three'"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.warning())
                        .contains("<input>:1:22: found no matching overload for '_==_' applied to '(int, string)'\n"));
    }

    @Test
    void messagesAreLookedAtLikeTheirRules() {
        assertThat(check(
                        DEPLOYMENTS,
                        "validations: [{expression: 'true'}, {expression: 'true',"
                                + " messageExpression: '\"not \" + object.metadata.nmae'}]"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.fieldRef()).isEqualTo("spec.validations[1].messageExpression");
                    assertThat(warning.warning()).contains("undefined field 'nmae'");
                });
    }

    @Test
    void variablesHaveTheTypesOfTheirExpressions() {
        assertThat(check(DEPLOYMENTS, """
                variables:
                  - {name: replicas, expression: object.spec.replicas}
                  - {name: broken, expression: object.nothing}
                  validations:
                  - expression: "variables.replicas.startsWith('a')"
                  - expression: "variables.broken == 1"
                  - expression: "variables.missing == 1"
                """))
                .extracting(ExpressionWarning::warning)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("found no matching overload for 'startsWith' applied to 'int.(string)'"),
                        second -> assertThat(second).contains("undefined field 'missing'"));
    }

    @Test
    void customResourcesAreKnownByTheirDefinition() {
        assertThat(rule(
                        CRONTABS,
                        "object.spec.replicas > 1 && object.spec.__namespace__ == object.spec.namespace"
                                + " && object.spec.cron__dash__spec != '' && object.metadata.labels.size() > 0"
                                + " && type(object.spec.limit) == int && object.kind == 'CronTab'"))
                .isEmpty();
        assertThat(rule(CRONTABS, "object.spec.replica > 1"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.warning())
                        .startsWith("stable.example.com/v1, Kind=CronTab: ERROR: <input>:1:12: undefined field"
                                + " 'replica'\n"));
    }

    @Test
    void parametersHaveTheTypeOfTheirKind() {
        String kind = "paramKind: {apiVersion: stable.example.com/v1, kind: CronTab}\n  ";
        assertThat(check(
                        DEPLOYMENTS,
                        kind + "validations: [{expression: 'object.spec.replicas < params.spec.replicas'},"
                                + " {expression: 'object.spec.replicas < params.spec.most'}]"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.fieldRef()).isEqualTo("spec.validations[1].expression");
                    assertThat(warning.warning()).contains("undefined field 'most'");
                });
        assertThat(check(
                        DEPLOYMENTS,
                        "paramKind: {apiVersion: v1, kind: ConfigMap}\n"
                                + "  validations: [{expression: 'params.data.limit != \"\"'}]"))
                .isEmpty();
        // As in Kubernetes, parameters of a kind that is not there are not there either.
        assertThat(check(
                        DEPLOYMENTS,
                        "paramKind: {apiVersion: example.com/v1, kind: Nothing}\n"
                                + "  validations: [{expression: 'params.a == 1'}]"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.warning()).contains("undeclared reference to 'params'"));
    }

    @Test
    void whatMeansAnyKindIsNotChecked() {
        for (String rules : List.of(
                "{apiGroups: ['*'], apiVersions: [v1], resources: [deployments]}",
                "{apiGroups: [apps], apiVersions: ['*'], resources: [deployments]}",
                "{apiGroups: [apps], apiVersions: [v1], resources: ['*']}",
                "{apiGroups: [apps], apiVersions: [v1], resources: [deployments/scale, '*/*']}",
                "{apiGroups: [example.com], apiVersions: [v1], resources: [unknown]}")) {
            assertThat(rule(rules, "object.nothing == 1")).as(rules).isEmpty();
        }
        assertThat(rule("{apiGroups: [apps], apiVersions: [v1], resources: ['*', deployments]}", "object.nothing == 1"))
                .hasSize(1);
    }

    @Test
    void noMoreThanTenKindsAreLookedAt() {
        String warning = rule(
                        "{apiGroups: [''], apiVersions: [v1], resources: [pods, services, configmaps, secrets, nodes,"
                                + " events]}, {apiGroups: [''], apiVersions: [v1], resources: [endpoints, namespaces,"
                                + " podtemplates, limitranges, resourcequotas, serviceaccounts]}",
                        "object.nothing == 1")
                .get(0)
                .warning();

        assertThat(warning.split("Kind=", -1)).hasSize(11);
    }
}

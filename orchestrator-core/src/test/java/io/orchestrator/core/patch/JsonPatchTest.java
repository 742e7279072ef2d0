package io.orchestrator.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.codec.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchTest {
    private final JsonTrees trees = new JsonTrees(Limits.DEFAULT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|[{'op':'add','path':'/a','value':1}]|{'a':1}",
                "{'a':[1,2]}|[{'op':'add','path':'/a/1','value':9}]|{'a':[1,9,2]}",
                "{'a':[1]}|[{'op':'add','path':'/a/-','value':2}]|{'a':[1,2]}",
                "{'a':[1]}|[{'op':'add','path':'/a/1','value':2}]|{'a':[1,2]}",
                "{'a':1}|[{'op':'add','path':'','value':[1]}]|[1]",
                "{'a':1,'b':2}|[{'op':'remove','path':'/a'}]|{'b':2}",
                "{'a':[1,2,3]}|[{'op':'remove','path':'/a/1'}]|{'a':[1,3]}",
                "{'a':1}|[{'op':'replace','path':'/a','value':null}]|{'a':null}",
                "{'a':{'b':1}}|[{'op':'move','from':'/a/b','path':'/c'}]|{'a':{},'c':1}",
                "{'a':[1,2]}|[{'op':'move','from':'/a/0','path':'/a/1'}]|{'a':[2,1]}",
                "{'a':{'b':1}}|[{'op':'copy','from':'/a','path':'/c'},{'op':'remove','path':'/a/b'}]|{'a':{},'c':{'b':1}}",
                "{'a/b':{'~c':1}}|[{'op':'replace','path':'/a~1b/~0c','value':2}]|{'a/b':{'~c':2}}",
                "{'a':1.0}|[{'op':'test','path':'/a','value':1}]|{'a':1.0}",
                "{'a':{'x':1,'y':2}}|[{'op':'test','path':'/a','value':{'y':2,'x':1}}]|{'a':{'x':1,'y':2}}",
                "{}|[{'op':'test','path':'/a','value':null}]|{}",
                "{'':1}|[{'op':'replace','path':'/','value':2}]|{'':2}"
            })
    void anOperationDoesWhatTheRfcSays(String target, String patch, String result) {
        JsonNode before = json(target);
        assertThat(JsonPatch.of(json(patch)).apply(before).toString())
                .isEqualTo(json(result).toString());
        assertThat(before).as("the argument stays").isEqualTo(json(target));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}|[{'op':'test','path':'/a','value':2}]",
                "{}|[{'op':'test','path':'/a','value':2}]",
                "{}|[{'op':'remove','path':'/a'}]",
                "{}|[{'op':'replace','path':'/a','value':1}]",
                "{}|[{'op':'add','path':'/a/b','value':1}]",
                "{'a':1}|[{'op':'add','path':'/a/b','value':1}]",
                "{'a':[1]}|[{'op':'add','path':'/a/3','value':1}]",
                "{'a':[1]}|[{'op':'add','path':'/a/01','value':1}]",
                "{'a':[1]}|[{'op':'add','path':'/a/-1','value':1}]",
                "{'a':[1]}|[{'op':'remove','path':'/a/1'}]",
                "{'a':[1]}|[{'op':'remove','path':'/a/-'}]",
                "{'a':[1]}|[{'op':'add','path':'/a/99999999999','value':1}]",
                "{'a':{'b':1}}|[{'op':'move','from':'/a','path':'/a/b/c'}]",
                "{'a':1}|[{'op':'copy','from':'/b','path':'/c'}]"
            })
    void whatDoesNotFitTheObjectIsInvalid(String target, String patch) {
        assertThatThrownBy(() -> JsonPatch.of(json(patch)).apply(json(target)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}",
                "[1]",
                "[{}]",
                "[{'op':'jump','path':'/a'}]",
                "[{'op':'add','path':'/a'}]",
                "[{'op':'add','path':'a','value':1}]",
                "[{'op':'move','path':'/a'}]",
                "[{'op':'add','path':1,'value':1}]"
            })
    void whatIsNoPatchIsABadRequest(String patch) {
        assertThatThrownBy(() -> JsonPatch.of(json(patch)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST));
    }

    @Test
    void moreThanTenThousandOperationsAreTooMany() {
        String one = "{'op':'test','path':'','value':{}}";
        assertThat(JsonPatch.of(json("[" + (one + ",").repeat(9_999) + one + "]"))
                        .apply(json("{}")))
                .isEmpty();
        assertThatThrownBy(() -> JsonPatch.of(json("[" + (one + ",").repeat(10_000) + one + "]")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REQUEST_ENTITY_TOO_LARGE))
                .hasMessage("The allowed maximum operations in a JSON patch is 10000, got 10001");
    }

    @Test
    void patchesThatGrowWithoutBoundEndEarly() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            String doubling = "{'op':'copy','from':'/a','path':'/a/-'}";
            rejected("{'a':['xxxxxxxxxxxxxxxxxxxxxxxxx']}", "[" + (doubling + ",").repeat(100) + doubling + "]");
            String deepening = "{'op':'copy','from':'','path':'/a'}";
            rejected("{}", "[" + (deepening + ",").repeat(9_000) + deepening + "]");
            String moving = "{'op':'move','from':'/a','path':'/b'},{'op':'add','path':'/a','value':{}},"
                    + "{'op':'move','from':'/b','path':'/a/c'}";
            rejected("{'a':{}}", "[" + (moving + ",").repeat(3_000) + moving + "]");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':'b'}|{'a':'c'}|{'a':'c'}",
                "{'a':'b'}|{'b':'c'}|{'a':'b','b':'c'}",
                "{'a':'b','b':'c'}|{'a':null}|{'b':'c'}",
                "{'a':['b']}|{'a':'c'}|{'a':'c'}",
                "{'a':{'b':'c'}}|{'a':{'b':'d','c':null}}|{'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]}|{'a':[1]}|{'a':[1]}",
                "{'e':null}|{'a':1}|{'e':null,'a':1}",
                "{}|{'a':{'bb':{'ccc':null}}}|{'a':{'bb':{}}}",
                "{'a':1}|{'a':{'b':null,'c':1}}|{'a':{'c':1}}"
            })
    void aMergePatchMergesObjectsAndReplacesTheRest(String target, String patch, String result) {
        assertThat(MergePatch.apply(json(target), json(patch)).toString())
                .isEqualTo(json(result).toString());
    }

    @Test
    void aMergePatchIsAnObject() {
        assertThatThrownBy(() -> MergePatch.apply(json("{}"), json("[]"))).isInstanceOf(PatchException.class);
    }

    private void rejected(String target, String patch) {
        assertThatThrownBy(() -> JsonPatch.of(json(patch)).apply(json(target))).isInstanceOf(PatchException.class);
    }

    private JsonNode json(String text) {
        return trees.parse(text.replace('\'', '"'));
    }
}

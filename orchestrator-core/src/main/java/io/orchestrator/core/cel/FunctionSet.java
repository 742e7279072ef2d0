package io.orchestrator.core.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelFunctionOverload.Binary;
import dev.cel.runtime.CelFunctionOverload.Unary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions by their names, how they are called and what they do. Confined to whoever fills it. */
final class FunctionSet {
    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    /** Without arguments. */
    FunctionSet constant(String name, String id, CelType result, CelFunctionOverload body) {
        declare(name, CelOverloadDecl.newGlobalOverload(id, result));
        bindings.add(CelFunctionBinding.from(id, List.of(), body));
        return this;
    }

    <T> FunctionSet global(String name, String id, CelType result, CelType type, Class<T> of, Unary<T> body) {
        declare(name, CelOverloadDecl.newGlobalOverload(id, result, type));
        bindings.add(CelFunctionBinding.from(id, of, body));
        return this;
    }

    <T> FunctionSet member(String name, String id, CelType result, CelType type, Class<T> of, Unary<T> body) {
        declare(name, CelOverloadDecl.newMemberOverload(id, result, type));
        bindings.add(CelFunctionBinding.from(id, of, body));
        return this;
    }

    <T, A> FunctionSet member(
            String name,
            String id,
            CelType result,
            CelType type,
            Class<T> of,
            CelType argument,
            Class<A> with,
            Binary<T, A> body) {
        declare(name, CelOverloadDecl.newMemberOverload(id, result, type, argument));
        bindings.add(CelFunctionBinding.from(id, of, with, body));
        return this;
    }

    private void declare(String name, CelOverloadDecl overload) {
        declared.computeIfAbsent(name, any -> new ArrayList<>()).add(overload);
    }

    List<CelFunctionDecl> declarations() {
        return declared.entrySet().stream()
                .map(each -> CelFunctionDecl.newFunctionDeclaration(each.getKey(), each.getValue()))
                .toList();
    }

    List<CelFunctionBinding> bindings() {
        return List.copyOf(bindings);
    }
}

package io.orchestrator.apiserver.table;

/**
 * A column of a table.
 *
 * @param type as in OpenAPI: string, integer
 * @param format {@code name} marks the object's name
 * @param priority 0 is always shown, 1 only with {@code -o wide}
 */
public record Column(String name, String type, String format, String description, int priority) {

    static Column name(String description) {
        return new Column("Name", "string", "name", description, 0);
    }

    static Column text(String name, String description) {
        return new Column(name, "string", "", description, 0);
    }

    static Column number(String name, String description) {
        return new Column(name, "integer", "", description, 0);
    }

    static Column date(String name, String description) {
        return new Column(name, "date", "", description, 0);
    }

    static Column age() {
        return new Column("Age", "string", "", "Time since the object was created", 0);
    }

    Column wide() {
        return new Column(name, type, format, description, 1);
    }
}

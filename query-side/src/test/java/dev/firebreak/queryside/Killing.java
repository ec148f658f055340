package dev.firebreak.queryside;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/// A database whose client dies, by the seed, at some commits: just before, so that all was written
/// and nothing kept, or just after, so that all was kept and nobody knows.
final class Killing {
    private final Random random;
    private boolean armed = true;

    Killing(int seed) {
        random = new Random(seed);
    }

    /// An error, since nothing of the client goes on behind it.
    static final class Killed extends Error {}

    void disarm() {
        armed = false;
    }

    DataSource around(DataSource source) {
        return proxy(
                DataSource.class,
                (method, arguments) -> {
                    var result = method.invoke(source, arguments);
                    return result instanceof Connection connection ? around(connection) : result;
                });
    }

    private Connection around(Connection connection) {
        return proxy(
                Connection.class,
                (method, arguments) ->
                        "commit".equals(method.getName())
                                ? commit(connection)
                                : method.invoke(connection, arguments));
    }

    private Object commit(Connection connection) throws SQLException {
        var fate = armed && isWriting(connection) ? random.nextInt(3) : 0;
        if (fate == 1) {
            connection.close();
            throw new Killed();
        }
        connection.commit();
        if (fate == 2) {
            connection.close();
            throw new Killed();
        }
        return List.of();
    }

    private static boolean isWriting(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery("SHOW transaction_read_only")) {
            answer.next();
            return "off".equals(answer.getString(1));
        }
    }

    private interface Call {
        Object on(java.lang.reflect.Method method, Object[] arguments)
                throws ReflectiveOperationException, SQLException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            try {
                                return call.on(
                                        method, arguments == null ? new Object[0] : arguments);
                            } catch (InvocationTargetException failed) {
                                throw failed.getTargetException();
                            }
                        }));
    }
}

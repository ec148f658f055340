package dev.firebreak.eventlog.log;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/// A way to the database that breaks where a test wants it to.
final class FlakyConnections {

    enum Trouble {
        NONE,
        /// The connection is lost before the next append reaches the server.
        BEFORE_APPEND,
        /// The next append is committed, and the connection is lost before the answer arrives.
        AFTER_APPEND,
        /// No connection can be had, and the ones there are do not work.
        AWAY
    }

    volatile Trouble trouble = Trouble.NONE;

    private final DataSource real;

    FlakyConnections(DataSource real) {
        this.real = real;
    }

    DataSource source() {
        return proxy(
                DataSource.class,
                (_, method, arguments) -> {
                    if (trouble == Trouble.AWAY) {
                        throw new SQLException("refused", "08001");
                    }
                    var result = call(() -> method.invoke(real, arguments));
                    return result instanceof Connection connection ? flaky(connection) : result;
                });
    }

    private Connection flaky(Connection connection) {
        return proxy(
                Connection.class,
                (_, method, arguments) -> {
                    var result = call(() -> method.invoke(connection, arguments));
                    return result instanceof PreparedStatement statement
                            ? flaky(statement, connection)
                            : result;
                });
    }

    private PreparedStatement flaky(PreparedStatement statement, Connection connection) {
        return proxy(
                PreparedStatement.class,
                (_, method, arguments) -> {
                    if (!method.getName().equals("executeUpdate")) {
                        return call(() -> method.invoke(statement, arguments));
                    }
                    var now = trouble;
                    if (now == Trouble.NONE) {
                        return call(() -> method.invoke(statement, arguments));
                    }
                    if (now == Trouble.AFTER_APPEND) {
                        call(() -> method.invoke(statement, arguments));
                    }
                    if (now != Trouble.AWAY) {
                        trouble = Trouble.NONE;
                    }
                    connection.close();
                    throw new SQLException("lost", "08006");
                });
    }

    private interface Call<T> {
        T call() throws Exception;
    }

    private static Object call(Call<Object> call) throws Throwable {
        try {
            return call.call();
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

package lt.marksign.client.call;

import feign.Contract;
import feign.FeignException;
import feign.InvocationHandlerFactory;
import feign.InvocationHandlerFactory.MethodHandler;
import feign.MethodMetadata;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Creates a {@link GatewayCall} for each call of a generated method and checks the arguments before Feign sees them. */
final class CallHandler {
    private static final Object[] NONE = {};

    private final CallSettings settings;
    private final Map<Method, MethodMetadata> parsed = new ConcurrentHashMap<>();
    private final Map<Method, GatewayMethod> methods = new ConcurrentHashMap<>();

    CallHandler(CallSettings settings) {
        this.settings = settings;
    }

    /** Returns a contract that also stores the metadata that Feign reads from the annotations. */
    Contract around(Contract contract) {
        return type -> {
            List<MethodMetadata> methods = contract.parseAndValidateMetadata(type);
            methods.forEach(method -> parsed.put(method.method(), method));
            return methods;
        };
    }

    InvocationHandlerFactory around(InvocationHandlerFactory factory) {
        return (target, dispatch) -> {
            Map<Method, MethodHandler> checked = new LinkedHashMap<>(dispatch);
            checked.replaceAll((method, handler) ->
                    parsed.containsKey(method) ? arguments -> call(method, handler, arguments) : handler);
            Map<Method, MethodHandler> result = new LinkedHashMap<>(checked);
            if (MarkSignCapability.ENGLISH_TARGET.equals(target.name())) {
                result.replaceAll((method, handler) -> checked.getOrDefault(GatewayMethod.inEnglish(method), handler));
            }
            return factory.create(target, result);
        };
    }

    private Object call(Method called, MethodHandler handler, Object[] given) throws Throwable {
        GatewayMethod method = methods.get(called);
        if (method == null) {
            // Created at the first call, because an application calls few operations and must start fast.
            method = GatewayMethod.of(parsed.get(called), settings.spec());
            methods.put(called, method);
        }
        // For a method without parameters, Java's proxies pass null.
        GatewayCall call = GatewayCall.begin(method, given == null ? NONE : given, settings);
        call.tellBegun();
        try {
            call.validate();
            Object result = call.proceed(handler);
            call.tellEnded(null);
            return result;
        } catch (Throwable e) {
            // If an interceptor or a capability fails, the message of Feign's exception contains the URL.
            boolean hidden = e instanceof FeignException && call.secrets().isIn(e);
            Throwable thrown = hidden ? new HiddenException((FeignException) e, call.secrets()) : e;
            call.tellEnded(thrown);
            throw thrown;
        }
    }

    private static final class HiddenException extends FeignException {
        private static final long serialVersionUID = 1L;

        HiddenException(FeignException e, Secrets secrets) {
            super(
                    e.status(),
                    secrets.hideIn(String.valueOf(e.getMessage())),
                    e.getCause() == null ? null : secrets.hideIn(e.getCause()));
            setStackTrace(e.getStackTrace());
        }
    }
}

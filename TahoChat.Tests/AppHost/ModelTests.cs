using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace TahoChat.Tests.AppHost;

/// <summary>What the AppHost would start, read from its model without starting it.</summary>
[Collection(AppHostAlone.Name)]
public sealed class ModelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_key_the_emulator_takes_Groqs_place()
    {
        using var settings = new AppHostSettings("GROQ_API_KEY=your_groq_api_key_here");
        await using var builder = await AppHostSettings.CreateAsync(Token);

        var groq = Resource<IResource>(builder, "groq");
        var emulator = Resource<ProjectResource>(builder, "emulator");
        var api = await EnvironmentOf(builder, "api");

        Assert.Contains(groq.Annotations, annotation => annotation is EmulatorResourceAnnotation);
        Assert.Contains(
            emulator.Annotations.OfType<ResourceRelationshipAnnotation>(), relation => relation.Type == "Parent" && relation.Resource == groq);
        Assert.Equal("{groq.connectionString}", api["GROQ_BASE_URL"]);
        Assert.Equal(
            "{emulator.bindings.http.url}", ((IResourceWithConnectionString)groq).ConnectionStringExpression.ValueExpression);
        Assert.Equal("true", api["GROQ_EMULATOR"]);
        Assert.DoesNotContain("GROQ_API_KEY", api.Keys);
        Assert.Contains(emulator, WaitsFor(builder, "api"));
    }

    [Fact]
    public async Task A_key_in_the_env_file_becomes_the_secret_parameter()
    {
        using var settings = new AppHostSettings("GROQ_API_KEY=gsk_from_the_file");
        await using var builder = await AppHostSettings.CreateAsync(Token);

        var parameter = Resource<ParameterResource>(builder, "groq-api-key");
        var api = await EnvironmentOf(builder, "api");

        Assert.True(parameter.Secret);
        Assert.Equal("gsk_from_the_file", await parameter.GetValueAsync(Token));
        Assert.Equal("{groq-api-key.value}", api["GROQ_API_KEY"]);
        Assert.DoesNotContain("GROQ_EMULATOR", api.Keys);
        Assert.DoesNotContain("GROQ_BASE_URL", api.Keys);
        Assert.DoesNotContain(builder.Resources, resource => resource.Name == "emulator");
    }

    [Fact]
    public async Task A_configured_parameter_goes_before_the_env_file()
    {
        using var settings = new AppHostSettings("GROQ_API_KEY=gsk_from_the_file");
        await using var builder = await AppHostSettings.CreateAsync(Token, "--Parameters:groq-api-key=gsk_from_the_parameter");

        var parameter = Resource<ParameterResource>(builder, "groq-api-key");

        Assert.True(parameter.Secret);
        Assert.Equal("gsk_from_the_parameter", await parameter.GetValueAsync(Token));
    }

    [Fact]
    public async Task Another_provider_without_a_key_is_passed_on()
    {
        using var settings = new AppHostSettings("GROQ_BASE_URL=http://localhost:11434/v1");
        await using var builder = await AppHostSettings.CreateAsync(Token);

        var api = await EnvironmentOf(builder, "api");

        Assert.Equal("http://localhost:11434/v1", api["GROQ_BASE_URL"]);
        Assert.DoesNotContain("GROQ_EMULATOR", api.Keys);
        Assert.DoesNotContain(builder.Resources, resource => resource.Name is "emulator" or "groq-api-key");
    }

    [Theory]
    [InlineData(null, 8000)]
    [InlineData("PORT=8100", 8100)]
    public async Task The_api_has_the_classic_port_unless_the_settings_name_another(string? line, int port)
    {
        using var settings = new AppHostSettings(line is null ? [] : [line]);
        await using var builder = await AppHostSettings.CreateAsync(Token);

        var endpoint = Endpoint(builder, "api");

        Assert.Equal(port, endpoint.Port);
        Assert.True(endpoint.IsExternal);
        Assert.NotEmpty(Resource<ProjectResource>(builder, "api").Annotations.OfType<HealthCheckAnnotation>());
    }

    [Fact]
    public async Task The_frontend_waits_for_the_api_and_knows_its_address()
    {
        using var settings = new AppHostSettings();
        await using var builder = await AppHostSettings.CreateAsync(Token);

        Assert.Equal(3000, Endpoint(builder, "frontend").Port);
        Assert.Contains(Resource<IResource>(builder, "api"), WaitsFor(builder, "frontend"));
        Assert.Equal("{api.bindings.http.url}", (await EnvironmentOf(builder, "frontend"))["NEXT_PUBLIC_API_URL"]);
    }

    [Theory]
    [InlineData(null, "{frontend.bindings.http.url}")]
    [InlineData("CORS_ORIGINS=https://chat.example", "https://chat.example,{frontend.bindings.http.url}")]
    public async Task The_frontends_origin_may_use_the_api(string? line, string expected)
    {
        using var settings = new AppHostSettings(line is null ? [] : [line]);
        await using var builder = await AppHostSettings.CreateAsync(Token);

        Assert.Equal(expected, (await EnvironmentOf(builder, "api"))["CORS_ORIGINS"]);
    }

    [Fact]
    public async Task The_dashboard_links_to_the_chat_and_to_the_documentation()
    {
        using var settings = new AppHostSettings();
        await using var builder = await AppHostSettings.CreateAsync(Token);

        Assert.Equal([("/", "API"), ("/docs", "API documentation"), ("/redoc", "API reference")], await LinksOf(builder, "api"));
        Assert.Equal([("/", "Chat"), ("/figures/", "Figures")], await LinksOf(builder, "frontend"));
        Assert.Contains(("/emulator/", "Emulator"), await LinksOf(builder, "emulator"));
    }

    [Fact]
    public async Task The_dashboard_has_buttons_and_icons()
    {
        using var settings = new AppHostSettings();
        await using var builder = await AppHostSettings.CreateAsync(Token);

        Assert.Equal(["back-up"], CommandsOf(builder, "api"));
        Assert.Equal(["open"], CommandsOf(builder, "frontend"));
        Assert.Superset(new HashSet<string> { "fault-503", "fault-stall", "fault-off", "reset" }, CommandsOf(builder, "emulator").ToHashSet());
        Assert.All(
            ["api", "frontend", "groq", "emulator"],
            name => Assert.Single(Resource<IResource>(builder, name).Annotations.OfType<ResourceIconAnnotation>()));
    }

    [Fact]
    public async Task The_api_knows_where_the_dashboard_is()
    {
        using var settings = new AppHostSettings();
        await using var builder = await AppHostSettings.CreateAsync(Token, "--ASPNETCORE_URLS=https://localhost:17888;http://localhost:15888");

        Assert.Equal("https://localhost:17888", (await EnvironmentOf(builder, "api"))["DASHBOARD_URL"]);
    }

    [Fact]
    public async Task Published_there_is_the_api_and_the_key_and_nothing_else()
    {
        using var settings = new AppHostSettings();
        await using var builder = await AppHostSettings.CreateAsync(Token, "--publisher", "manifest");

        Assert.True(builder.ExecutionContext.IsPublishMode);
        Assert.DoesNotContain(builder.Resources, resource => resource.Name is "frontend" or "emulator");
        Assert.True(Resource<ParameterResource>(builder, "groq-api-key").Secret);
        var api = await EnvironmentOf(builder, "api");
        Assert.Equal("{groq-api-key.value}", api["GROQ_API_KEY"]);
        Assert.DoesNotContain("ENV_FILE", api.Keys);
    }

    private static T Resource<T>(IDistributedApplicationTestingBuilder builder, string name) where T : IResource =>
        Assert.IsAssignableFrom<T>(Assert.Single(builder.Resources, resource => resource.Name == name));

    private static IEnumerable<string> CommandsOf(IDistributedApplicationTestingBuilder builder, string name) =>
        Resource<IResource>(builder, name).Annotations.OfType<ResourceCommandAnnotation>().Select(command => command.Name);

    private static EndpointAnnotation Endpoint(IDistributedApplicationTestingBuilder builder, string name) =>
        Assert.Single(Resource<IResource>(builder, name).Annotations.OfType<EndpointAnnotation>());

    private static IEnumerable<IResource> WaitsFor(IDistributedApplicationTestingBuilder builder, string name) =>
        Resource<IResource>(builder, name).Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource);

    /// <summary>The environment with references as expressions: nothing has an address before the start.</summary>
    private static async Task<Dictionary<string, string>> EnvironmentOf(IDistributedApplicationTestingBuilder builder, string name)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(Resource<IResource>(builder, name))
            .WithEnvironmentVariablesConfig()
            .BuildAsync(new(DistributedApplicationOperation.Publish), NullLogger.Instance, Token);
        Assert.Null(configuration.Exception);
        return configuration.EnvironmentVariables.ToDictionary();
    }

    private static async Task<IEnumerable<(string Url, string? Text)>> LinksOf(IDistributedApplicationTestingBuilder builder, string name)
    {
        var resource = Resource<IResourceWithEndpoints>(builder, name);
        var context = new ResourceUrlsCallbackContext(
            builder.ExecutionContext, resource, [new() { Url = "/", Endpoint = resource.GetEndpoint("http") }], Token);
        foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>()) await annotation.Callback(context);
        return context.Urls.Select(url => (url.Url, url.DisplayText));
    }
}

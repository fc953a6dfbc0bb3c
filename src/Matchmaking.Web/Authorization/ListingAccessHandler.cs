using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace Matchmaking.Web.Authorization;

public enum ListingAccess { See, Read, Edit, Recommend }

public sealed record ListingRequirement(ListingAccess Access) : IAuthorizationRequirement;

/// <summary>Who may do what with one listing. Pages answer a refusal with 404, so that nobody learns what exists.</summary>
public sealed class ListingAccessHandler(CurrentUser current) : AuthorizationHandler<ListingRequirement, Listing>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, ListingRequirement requirement, Listing resource)
    {
        var allowed = requirement.Access switch
        {
            ListingAccess.See => resource.IsPublic || await MayReadAsync(context, resource),
            ListingAccess.Read => await MayReadAsync(context, resource),
            ListingAccess.Recommend => context.User.IsInRole(Roles.RecommendingOffice) && await RecommendsAsync(resource),
            ListingAccess.Edit => await OwnsAsync(resource) && MayPost(context, resource),
            _ => false,
        };
        if (allowed) context.Succeed(requirement);
    }

    private static bool MayPost(AuthorizationHandlerContext context, Listing listing) =>
        context.User.IsInRole(listing is Need ? Roles.EnterpriseMember : Roles.Researcher);

    private async Task<bool> OwnsAsync(Listing listing) =>
        await current.GetAsync() is { Membership: Membership.Member } user && user.OrganizationId == listing.OrganizationId;

    private async Task<bool> RecommendsAsync(Listing listing) =>
        listing.State != ListingState.Draft && listing.Organization.OfficeId is { } office
        && await current.GetAsync() is { Membership: Membership.Member } user && user.OrganizationId == office;

    private async Task<bool> MayReadAsync(AuthorizationHandlerContext context, Listing listing)
    {
        if (await OwnsAsync(listing)) return true;
        // A draft is nobody's business but its owner's.
        if (listing.State == ListingState.Draft) return false;
        return context.User.IsInRole(Roles.Staff)
            || (context.User.IsInRole(Roles.Broker) && listing.IsPublic && listing.BrokerId is { } broker && broker == current.Id);
    }
}

// Made by `npm run generate` from spec/checkout.openapi.yaml. Do not edit.
"use strict";
export const validateCheckoutSessionCreateRequest = validate21;
const schema6 = {"type":"object","additionalProperties":false,"required":["line_items","currency","capabilities"],"properties":{"line_items":{"type":"array","minItems":1,"maxItems":85,"items":{"$ref":"RequestedItem"}},"currency":{"type":"string"},"buyer":{"$ref":"Buyer"},"fulfillment_details":{"$ref":"FulfillmentDetails"},"fulfillment_groups":{"$ref":"FulfillmentGroups"},"capabilities":{"$ref":"CapabilitiesRequest"},"discounts":{"$ref":"DiscountsRequest"},"coupons":{"$ref":"Coupons"},"affiliate_attribution":{"$ref":"AffiliateAttribution"},"locale":{"type":"string"},"timezone":{"type":"string"},"quote_id":{"type":"string"},"metadata":{"$ref":"Metadata"},"order_notes":{"$ref":"OrderNotes"}},"x-null-is-absent":["buyer","fulfillment_details","fulfillment_groups","discounts","coupons","affiliate_attribution","locale","timezone","quote_id","metadata","order_notes"],"$id":"CheckoutSessionCreateRequest"};
const func2 = Object.prototype.hasOwnProperty;
const schema7 = {"if":{"required":["item"]},"then":{"type":"object","additionalProperties":false,"required":["item"],"properties":{"item":{"$ref":"Item"},"quantity":{"$ref":"RequestedQuantity"},"id":{"type":"string"},"name":{"type":"string"},"unit_amount":{"type":"integer"}},"x-null-is-absent":["quantity","id","name","unit_amount"]},"else":{"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string"},"quantity":{"$ref":"RequestedQuantity"},"name":{"type":"string"},"unit_amount":{"type":"integer"},"item":false},"x-null-is-absent":["quantity","name","unit_amount","item"]},"$id":"RequestedItem"};
const schema8 = {"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string"},"name":{"type":"string"},"unit_amount":{"type":"integer"}},"x-null-is-absent":["name","unit_amount"],"$id":"Item"};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Item" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.id === undefined) && (missing0 = "id")){
validate23.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "id") || (key0 === "name")) || (key0 === "unit_amount"))){
validate23.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
validate23.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
const _errs4 = errors;
if(typeof data.name !== "string"){
validate23.errors = [{instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.unit_amount !== undefined){
let data2 = data.unit_amount;
const _errs6 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate23.errors = [{instancePath:instancePath+"/unit_amount",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate23.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate23.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"integer","minimum":1,"maximum":10000,"$id":"RequestedQuantity"};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="RequestedQuantity" */;
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
validate25.errors = [{instancePath,keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === 0){
if((typeof data == "number") && (isFinite(data))){
if(data > 10000 || isNaN(data)){
validate25.errors = [{instancePath,keyword:"maximum",params:{comparison: "<=", limit: 10000}}];
return false;
}
else {
if(data < 1 || isNaN(data)){
validate25.errors = [{instancePath,keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
}
validate25.errors = vErrors;
return errors === 0;
}


function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="RequestedItem" */;
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = true;
const _errs1 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.item === undefined) && (missing0 = "item")){
const err0 = {};
errors = (vErrors ??= []).push(err0);
}
}
var _valid0 = _errs1 === errors;
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.item === undefined) && (missing1 = "item")){
validate22.errors = [{instancePath,keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
const _errs4 = errors;
for(const key0 in data){
if(!(((((key0 === "item") || (key0 === "quantity")) || (key0 === "id")) || (key0 === "name")) || (key0 === "unit_amount"))){
validate22.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs4 === errors){
if(data.item !== undefined){
const _errs5 = errors;
if(!(validate23(data.item, {instancePath:instancePath+"/item",parentData:data,parentDataProperty:"item",rootData}))){
vErrors ??= [];
for (const error of validate23.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.quantity !== undefined){
const _errs6 = errors;
if(!(validate25(data.quantity, {instancePath:instancePath+"/quantity",parentData:data,parentDataProperty:"quantity",rootData}))){
vErrors ??= [];
for (const error of validate25.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs6 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.id !== undefined){
const _errs7 = errors;
if(typeof data.id !== "string"){
validate22.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.name !== undefined){
const _errs9 = errors;
if(typeof data.name !== "string"){
validate22.errors = [{instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.unit_amount !== undefined){
let data4 = data.unit_amount;
const _errs11 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate22.errors = [{instancePath:instancePath+"/unit_amount",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
}
else {
validate22.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
var _valid0 = _errs2 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs13 = errors;
if(errors === _errs13){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if((data.id === undefined) && (missing2 = "id")){
validate22.errors = [{instancePath,keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
const _errs15 = errors;
for(const key1 in data){
if(!(((((key1 === "id") || (key1 === "quantity")) || (key1 === "name")) || (key1 === "unit_amount")) || (key1 === "item"))){
validate22.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs15 === errors){
if(data.id !== undefined){
const _errs16 = errors;
if(typeof data.id !== "string"){
validate22.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.quantity !== undefined){
const _errs18 = errors;
if(!(validate25(data.quantity, {instancePath:instancePath+"/quantity",parentData:data,parentDataProperty:"quantity",rootData}))){
vErrors ??= [];
for (const error of validate25.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.name !== undefined){
const _errs19 = errors;
if(typeof data.name !== "string"){
validate22.errors = [{instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.unit_amount !== undefined){
let data8 = data.unit_amount;
const _errs21 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate22.errors = [{instancePath:instancePath+"/unit_amount",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.item !== undefined){
var valid2 = false;
validate22.errors = [{instancePath:instancePath+"/item",keyword:"false schema",params:{}}];
return false;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
else {
validate22.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
var _valid0 = _errs13 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err1 = {instancePath,keyword:"if",params:{failingKeyword: ifClause0}};
errors = (vErrors ??= []).push(err1);
validate22.errors = vErrors;
return false;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"object","additionalProperties":false,"required":["email"],"properties":{"first_name":{"type":"string"},"last_name":{"type":"string"},"full_name":{"type":"string"},"email":{"type":"string","format":"email"},"phone_number":{"type":"string"},"customer_id":{"type":"string"},"account_type":{"type":"string","enum":["guest","registered","business"]},"authentication_status":{"type":"string","enum":["authenticated","guest","requires_signin"]},"company":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string"},"tax_id":{"type":"string"},"department":{"type":"string"},"cost_center":{"type":"string"}},"x-null-is-absent":["tax_id","department","cost_center"]},"loyalty":{"type":"object","additionalProperties":false,"properties":{"tier":{"type":"string"},"points_balance":{"type":"integer"},"member_since":{"type":"string","format":"date-time"}},"x-null-is-absent":["tier","points_balance","member_since"]},"tax_exemption":{"type":"object","additionalProperties":false,"required":["certificate_id","certificate_type"],"properties":{"certificate_id":{"type":"string"},"certificate_type":{"type":"string","enum":["resale","exempt_organization","government"]},"exempt_regions":{"type":"array","items":{"type":"string"}},"expires_at":{"type":"string","format":"date-time"}},"x-null-is-absent":["exempt_regions","expires_at"]}},"x-null-is-absent":["first_name","last_name","full_name","phone_number","customer_id","account_type","authentication_status","company","loyalty","tax_exemption"],"$id":"Buyer"};
const formats0 = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const formats2 = /^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|23:59:60(?:\.\d+)?(?:Z|[+-]00:00))$/i;

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Buyer" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.email === undefined) && (missing0 = "email")){
validate29.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func2.call(schema10.properties, key0))){
validate29.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.first_name !== undefined){
const _errs2 = errors;
if(typeof data.first_name !== "string"){
validate29.errors = [{instancePath:instancePath+"/first_name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.last_name !== undefined){
const _errs4 = errors;
if(typeof data.last_name !== "string"){
validate29.errors = [{instancePath:instancePath+"/last_name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.full_name !== undefined){
const _errs6 = errors;
if(typeof data.full_name !== "string"){
validate29.errors = [{instancePath:instancePath+"/full_name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.email !== undefined){
let data3 = data.email;
const _errs8 = errors;
if(errors === _errs8){
if(errors === _errs8){
if(typeof data3 === "string"){
if(!(formats0.test(data3))){
validate29.errors = [{instancePath:instancePath+"/email",keyword:"format",params:{format: "email"}}];
return false;
}
}
else {
validate29.errors = [{instancePath:instancePath+"/email",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.phone_number !== undefined){
const _errs10 = errors;
if(typeof data.phone_number !== "string"){
validate29.errors = [{instancePath:instancePath+"/phone_number",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.customer_id !== undefined){
const _errs12 = errors;
if(typeof data.customer_id !== "string"){
validate29.errors = [{instancePath:instancePath+"/customer_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.account_type !== undefined){
let data6 = data.account_type;
const _errs14 = errors;
if(typeof data6 !== "string"){
validate29.errors = [{instancePath:instancePath+"/account_type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((data6 === "guest") || (data6 === "registered")) || (data6 === "business"))){
validate29.errors = [{instancePath:instancePath+"/account_type",keyword:"enum",params:{allowedValues: schema10.properties.account_type.enum}}];
return false;
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.authentication_status !== undefined){
let data7 = data.authentication_status;
const _errs16 = errors;
if(typeof data7 !== "string"){
validate29.errors = [{instancePath:instancePath+"/authentication_status",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((data7 === "authenticated") || (data7 === "guest")) || (data7 === "requires_signin"))){
validate29.errors = [{instancePath:instancePath+"/authentication_status",keyword:"enum",params:{allowedValues: schema10.properties.authentication_status.enum}}];
return false;
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.company !== undefined){
let data8 = data.company;
const _errs18 = errors;
if(errors === _errs18){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing1;
if((data8.name === undefined) && (missing1 = "name")){
validate29.errors = [{instancePath:instancePath+"/company",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
const _errs20 = errors;
for(const key1 in data8){
if(!((((key1 === "name") || (key1 === "tax_id")) || (key1 === "department")) || (key1 === "cost_center"))){
validate29.errors = [{instancePath:instancePath+"/company",keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs20 === errors){
if(data8.name !== undefined){
const _errs21 = errors;
if(typeof data8.name !== "string"){
validate29.errors = [{instancePath:instancePath+"/company/name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs21 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data8.tax_id !== undefined){
const _errs23 = errors;
if(typeof data8.tax_id !== "string"){
validate29.errors = [{instancePath:instancePath+"/company/tax_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs23 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data8.department !== undefined){
const _errs25 = errors;
if(typeof data8.department !== "string"){
validate29.errors = [{instancePath:instancePath+"/company/department",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs25 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data8.cost_center !== undefined){
const _errs27 = errors;
if(typeof data8.cost_center !== "string"){
validate29.errors = [{instancePath:instancePath+"/company/cost_center",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs27 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/company",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.loyalty !== undefined){
let data13 = data.loyalty;
const _errs29 = errors;
if(errors === _errs29){
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
const _errs31 = errors;
for(const key2 in data13){
if(!(((key2 === "tier") || (key2 === "points_balance")) || (key2 === "member_since"))){
validate29.errors = [{instancePath:instancePath+"/loyalty",keyword:"additionalProperties",params:{additionalProperty: key2}}];
return false;
break;
}
}
if(_errs31 === errors){
if(data13.tier !== undefined){
const _errs32 = errors;
if(typeof data13.tier !== "string"){
validate29.errors = [{instancePath:instancePath+"/loyalty/tier",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs32 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data13.points_balance !== undefined){
let data15 = data13.points_balance;
const _errs34 = errors;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
validate29.errors = [{instancePath:instancePath+"/loyalty/points_balance",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid2 = _errs34 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data13.member_since !== undefined){
let data16 = data13.member_since;
const _errs36 = errors;
if(errors === _errs36){
if(errors === _errs36){
if(typeof data16 === "string"){
if(!(formats2.test(data16))){
validate29.errors = [{instancePath:instancePath+"/loyalty/member_since",keyword:"format",params:{format: "date-time"}}];
return false;
}
}
else {
validate29.errors = [{instancePath:instancePath+"/loyalty/member_since",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid2 = _errs36 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/loyalty",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tax_exemption !== undefined){
let data17 = data.tax_exemption;
const _errs38 = errors;
if(errors === _errs38){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
let missing2;
if(((data17.certificate_id === undefined) && (missing2 = "certificate_id")) || ((data17.certificate_type === undefined) && (missing2 = "certificate_type"))){
validate29.errors = [{instancePath:instancePath+"/tax_exemption",keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
const _errs40 = errors;
for(const key3 in data17){
if(!((((key3 === "certificate_id") || (key3 === "certificate_type")) || (key3 === "exempt_regions")) || (key3 === "expires_at"))){
validate29.errors = [{instancePath:instancePath+"/tax_exemption",keyword:"additionalProperties",params:{additionalProperty: key3}}];
return false;
break;
}
}
if(_errs40 === errors){
if(data17.certificate_id !== undefined){
const _errs41 = errors;
if(typeof data17.certificate_id !== "string"){
validate29.errors = [{instancePath:instancePath+"/tax_exemption/certificate_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs41 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data17.certificate_type !== undefined){
let data19 = data17.certificate_type;
const _errs43 = errors;
if(typeof data19 !== "string"){
validate29.errors = [{instancePath:instancePath+"/tax_exemption/certificate_type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((data19 === "resale") || (data19 === "exempt_organization")) || (data19 === "government"))){
validate29.errors = [{instancePath:instancePath+"/tax_exemption/certificate_type",keyword:"enum",params:{allowedValues: schema10.properties.tax_exemption.properties.certificate_type.enum}}];
return false;
}
var valid3 = _errs43 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data17.exempt_regions !== undefined){
let data20 = data17.exempt_regions;
const _errs45 = errors;
if(errors === _errs45){
if(Array.isArray(data20)){
var valid4 = true;
const len0 = data20.length;
for(let i0=0; i0<len0; i0++){
const _errs47 = errors;
if(typeof data20[i0] !== "string"){
validate29.errors = [{instancePath:instancePath+"/tax_exemption/exempt_regions/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs47 === errors;
if(!valid4){
break;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/tax_exemption/exempt_regions",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid3 = _errs45 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data17.expires_at !== undefined){
let data22 = data17.expires_at;
const _errs49 = errors;
if(errors === _errs49){
if(errors === _errs49){
if(typeof data22 === "string"){
if(!(formats2.test(data22))){
validate29.errors = [{instancePath:instancePath+"/tax_exemption/expires_at",keyword:"format",params:{format: "date-time"}}];
return false;
}
}
else {
validate29.errors = [{instancePath:instancePath+"/tax_exemption/expires_at",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid3 = _errs49 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/tax_exemption",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs38 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate29.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate29.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"phone_number":{"type":"string"},"email":{"type":"string","format":"email"},"address":{"$ref":"Address"}},"x-null-is-absent":["name","phone_number","email","address"],"$id":"FulfillmentDetails"};
const schema12 = {"type":"object","additionalProperties":false,"required":["name","line_one","city","state","country","postal_code"],"properties":{"name":{"type":"string"},"line_one":{"type":"string"},"line_two":{"type":"string"},"city":{"type":"string"},"state":{"type":"string"},"country":{"type":"string"},"postal_code":{"type":"string"},"company":{"type":"string"}},"x-null-is-absent":["line_two","company"],"$id":"Address"};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Address" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((data.name === undefined) && (missing0 = "name")) || ((data.line_one === undefined) && (missing0 = "line_one"))) || ((data.city === undefined) && (missing0 = "city"))) || ((data.state === undefined) && (missing0 = "state"))) || ((data.country === undefined) && (missing0 = "country"))) || ((data.postal_code === undefined) && (missing0 = "postal_code"))){
validate32.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "name") || (key0 === "line_one")) || (key0 === "line_two")) || (key0 === "city")) || (key0 === "state")) || (key0 === "country")) || (key0 === "postal_code")) || (key0 === "company"))){
validate32.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.name !== undefined){
const _errs2 = errors;
if(typeof data.name !== "string"){
validate32.errors = [{instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_one !== undefined){
const _errs4 = errors;
if(typeof data.line_one !== "string"){
validate32.errors = [{instancePath:instancePath+"/line_one",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_two !== undefined){
const _errs6 = errors;
if(typeof data.line_two !== "string"){
validate32.errors = [{instancePath:instancePath+"/line_two",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.city !== undefined){
const _errs8 = errors;
if(typeof data.city !== "string"){
validate32.errors = [{instancePath:instancePath+"/city",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.state !== undefined){
const _errs10 = errors;
if(typeof data.state !== "string"){
validate32.errors = [{instancePath:instancePath+"/state",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.country !== undefined){
const _errs12 = errors;
if(typeof data.country !== "string"){
validate32.errors = [{instancePath:instancePath+"/country",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.postal_code !== undefined){
const _errs14 = errors;
if(typeof data.postal_code !== "string"){
validate32.errors = [{instancePath:instancePath+"/postal_code",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.company !== undefined){
const _errs16 = errors;
if(typeof data.company !== "string"){
validate32.errors = [{instancePath:instancePath+"/company",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate32.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate32.errors = vErrors;
return errors === 0;
}


function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="FulfillmentDetails" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "name") || (key0 === "phone_number")) || (key0 === "email")) || (key0 === "address"))){
validate31.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.name !== undefined){
const _errs2 = errors;
if(typeof data.name !== "string"){
validate31.errors = [{instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.phone_number !== undefined){
const _errs4 = errors;
if(typeof data.phone_number !== "string"){
validate31.errors = [{instancePath:instancePath+"/phone_number",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.email !== undefined){
let data2 = data.email;
const _errs6 = errors;
if(errors === _errs6){
if(errors === _errs6){
if(typeof data2 === "string"){
if(!(formats0.test(data2))){
validate31.errors = [{instancePath:instancePath+"/email",keyword:"format",params:{format: "email"}}];
return false;
}
}
else {
validate31.errors = [{instancePath:instancePath+"/email",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address !== undefined){
const _errs8 = errors;
if(!(validate32(data.address, {instancePath:instancePath+"/address",parentData:data,parentDataProperty:"address",rootData}))){
vErrors ??= [];
for (const error of validate32.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate31.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate31.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"array","maxItems":20,"items":{"$ref":"FulfillmentGroup"},"$id":"FulfillmentGroups"};
const schema14 = {"type":"object","additionalProperties":false,"required":["id","item_ids","destination_type"],"properties":{"id":{"type":"string"},"item_ids":{"$ref":"ItemIds"},"destination_type":{"$ref":"FulfillmentType"},"fulfillment_details":{"$ref":"FulfillmentDetails"},"location_id":{"type":"string"},"instructions":{"type":"string"}},"x-null-is-absent":["fulfillment_details","location_id","instructions"],"$id":"FulfillmentGroup"};
const schema15 = {"type":"array","items":{"type":"string"},"$id":"ItemIds"};

function validate37(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ItemIds" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
const _errs1 = errors;
if(typeof data[i0] !== "string"){
validate37.errors = [{instancePath:instancePath+"/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
else {
validate37.errors = [{instancePath,keyword:"type",params:{type: "array"}}];
return false;
}
}
validate37.errors = vErrors;
return errors === 0;
}

const schema16 = {"type":"string","enum":["shipping","digital","pickup","local_delivery"],"$id":"FulfillmentType"};

function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="FulfillmentType" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
validate39.errors = [{instancePath,keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data === "shipping") || (data === "digital")) || (data === "pickup")) || (data === "local_delivery"))){
validate39.errors = [{instancePath,keyword:"enum",params:{allowedValues: schema16.enum}}];
return false;
}
validate39.errors = vErrors;
return errors === 0;
}


function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="FulfillmentGroup" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.id === undefined) && (missing0 = "id")) || ((data.item_ids === undefined) && (missing0 = "item_ids"))) || ((data.destination_type === undefined) && (missing0 = "destination_type"))){
validate36.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "id") || (key0 === "item_ids")) || (key0 === "destination_type")) || (key0 === "fulfillment_details")) || (key0 === "location_id")) || (key0 === "instructions"))){
validate36.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
validate36.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.item_ids !== undefined){
const _errs4 = errors;
if(!(validate37(data.item_ids, {instancePath:instancePath+"/item_ids",parentData:data,parentDataProperty:"item_ids",rootData}))){
vErrors ??= [];
for (const error of validate37.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.destination_type !== undefined){
const _errs5 = errors;
if(!(validate39(data.destination_type, {instancePath:instancePath+"/destination_type",parentData:data,parentDataProperty:"destination_type",rootData}))){
vErrors ??= [];
for (const error of validate39.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment_details !== undefined){
const _errs6 = errors;
if(!(validate31(data.fulfillment_details, {instancePath:instancePath+"/fulfillment_details",parentData:data,parentDataProperty:"fulfillment_details",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.location_id !== undefined){
const _errs7 = errors;
if(typeof data.location_id !== "string"){
validate36.errors = [{instancePath:instancePath+"/location_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.instructions !== undefined){
const _errs9 = errors;
if(typeof data.instructions !== "string"){
validate36.errors = [{instancePath:instancePath+"/instructions",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate36.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate36.errors = vErrors;
return errors === 0;
}


function validate35(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="FulfillmentGroups" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
if(data.length > 20){
validate35.errors = [{instancePath,keyword:"maxItems",params:{limit: 20}}];
return false;
}
else {
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
const _errs1 = errors;
if(!(validate36(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
}
else {
validate35.errors = [{instancePath,keyword:"type",params:{type: "array"}}];
return false;
}
}
validate35.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":"object","additionalProperties":false,"properties":{"payment":{"$ref":"Payment"},"interventions":{"type":"object","additionalProperties":false,"properties":{"supported":{"type":"array","items":{"type":"string"}},"required":{"type":"array","items":{"type":"string"}},"enforcement":{"type":"string"},"display_context":{"type":"string"},"redirect_context":{"type":"string"},"max_redirects":{"type":"integer","minimum":0},"max_interaction_depth":{"type":"integer","minimum":1}},"x-null-is-absent":["supported","required","enforcement","display_context","redirect_context","max_redirects","max_interaction_depth"]},"extensions":{"type":"array","items":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string"}},{"if":{"type":"object"},"then":{"$ref":"ExtensionDeclaration"}}]}}},"x-null-is-absent":["payment","interventions","extensions"],"$id":"CapabilitiesRequest"};
const schema18 = {"type":"object","additionalProperties":false,"required":["handlers"],"properties":{"handlers":{"type":"array","items":{"$ref":"PaymentHandler"}}},"$id":"Payment"};
const schema19 = {"type":"object","additionalProperties":false,"required":["id","name","version","spec","requires_delegate_payment","requires_pci_compliance","psp","config_schema","instrument_schemas","config"],"properties":{"id":{"type":"string"},"name":{"type":"string"},"display_name":{"type":"string"},"version":{"$ref":"VersionDate"},"spec":{"type":"string","format":"uri"},"requires_delegate_payment":{"type":"boolean"},"requires_pci_compliance":{"type":"boolean"},"psp":{"type":"string"},"config_schema":{"type":"string","format":"uri"},"instrument_schemas":{"type":"array","items":{"type":"string","format":"uri"}},"config":{"type":"object","additionalProperties":true},"display_order":{"type":"integer"}},"x-null-is-absent":["display_name","display_order"],"$id":"PaymentHandler"};
const schema20 = {"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}$","x-rule":"must be a date such as 2026-04-17","$id":"VersionDate"};
const pattern0 = new RegExp("^\\d{4}-\\d{2}-\\d{2}$", "u");

function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="VersionDate" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(typeof data === "string"){
if(!pattern0.test(data)){
validate47.errors = [{instancePath,keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}$"}}];
return false;
}
}
else {
validate47.errors = [{instancePath,keyword:"type",params:{type: "string"}}];
return false;
}
}
validate47.errors = vErrors;
return errors === 0;
}

const formats8 = /^[a-z][a-z0-9+.-]*:(?:\/\/?(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?(?:\[(?:(?:[0-9a-f]{1,4}:){6}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|::(?:[0-9a-f]{1,4}:){5}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,0}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){4}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,1}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){3}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,2}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){2}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){1}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,4}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){0}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})?::[0-9a-f]{1,4}|(?:(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})?::|v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]|(?:[a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*)(?::\d*)?(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*|\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)?|(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)(?:\?(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?$/i;

function validate46(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="PaymentHandler" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((((data.id === undefined) && (missing0 = "id")) || ((data.name === undefined) && (missing0 = "name"))) || ((data.version === undefined) && (missing0 = "version"))) || ((data.spec === undefined) && (missing0 = "spec"))) || ((data.requires_delegate_payment === undefined) && (missing0 = "requires_delegate_payment"))) || ((data.requires_pci_compliance === undefined) && (missing0 = "requires_pci_compliance"))) || ((data.psp === undefined) && (missing0 = "psp"))) || ((data.config_schema === undefined) && (missing0 = "config_schema"))) || ((data.instrument_schemas === undefined) && (missing0 = "instrument_schemas"))) || ((data.config === undefined) && (missing0 = "config"))){
validate46.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func2.call(schema19.properties, key0))){
validate46.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
validate46.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
const _errs4 = errors;
if(typeof data.name !== "string"){
validate46.errors = [{instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.display_name !== undefined){
const _errs6 = errors;
if(typeof data.display_name !== "string"){
validate46.errors = [{instancePath:instancePath+"/display_name",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs8 = errors;
if(!(validate47(data.version, {instancePath:instancePath+"/version",parentData:data,parentDataProperty:"version",rootData}))){
vErrors ??= [];
for (const error of validate47.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.spec !== undefined){
let data4 = data.spec;
const _errs9 = errors;
if(errors === _errs9){
if(errors === _errs9){
if(typeof data4 === "string"){
if(!(formats8.test(data4))){
validate46.errors = [{instancePath:instancePath+"/spec",keyword:"format",params:{format: "uri"}}];
return false;
}
}
else {
validate46.errors = [{instancePath:instancePath+"/spec",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.requires_delegate_payment !== undefined){
const _errs11 = errors;
if(typeof data.requires_delegate_payment !== "boolean"){
validate46.errors = [{instancePath:instancePath+"/requires_delegate_payment",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.requires_pci_compliance !== undefined){
const _errs13 = errors;
if(typeof data.requires_pci_compliance !== "boolean"){
validate46.errors = [{instancePath:instancePath+"/requires_pci_compliance",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.psp !== undefined){
const _errs15 = errors;
if(typeof data.psp !== "string"){
validate46.errors = [{instancePath:instancePath+"/psp",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.config_schema !== undefined){
let data8 = data.config_schema;
const _errs17 = errors;
if(errors === _errs17){
if(errors === _errs17){
if(typeof data8 === "string"){
if(!(formats8.test(data8))){
validate46.errors = [{instancePath:instancePath+"/config_schema",keyword:"format",params:{format: "uri"}}];
return false;
}
}
else {
validate46.errors = [{instancePath:instancePath+"/config_schema",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.instrument_schemas !== undefined){
let data9 = data.instrument_schemas;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data9)){
var valid1 = true;
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
const _errs21 = errors;
if(errors === _errs21){
if(errors === _errs21){
if(typeof data10 === "string"){
if(!(formats8.test(data10))){
validate46.errors = [{instancePath:instancePath+"/instrument_schemas/" + i0,keyword:"format",params:{format: "uri"}}];
return false;
}
}
else {
validate46.errors = [{instancePath:instancePath+"/instrument_schemas/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid1 = _errs21 === errors;
if(!valid1){
break;
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/instrument_schemas",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.config !== undefined){
let data11 = data.config;
const _errs23 = errors;
if(errors === _errs23){
if(!(data11 && typeof data11 == "object" && !Array.isArray(data11))){
validate46.errors = [{instancePath:instancePath+"/config",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.display_order !== undefined){
let data12 = data.display_order;
const _errs26 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate46.errors = [{instancePath:instancePath+"/display_order",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate46.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate46.errors = vErrors;
return errors === 0;
}


function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Payment" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.handlers === undefined) && (missing0 = "handlers")){
validate45.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(key0 === "handlers")){
validate45.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.handlers !== undefined){
let data0 = data.handlers;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate46(data0[i0], {instancePath:instancePath+"/handlers/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate46.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/handlers",keyword:"type",params:{type: "array"}}];
return false;
}
}
}
}
}
}
else {
validate45.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate45.errors = vErrors;
return errors === 0;
}

const schema21 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","pattern":"^[a-z][a-z0-9_-]*(@\\d{4}-\\d{2}-\\d{2})?$|^[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_-]*)+(@\\d{4}-\\d{2}-\\d{2})?$","x-rule":"must be names of lower-case letters, digits, _ and -, joined by dots, with or without @ and a date"},"extends":{"type":"array","uniqueItems":true,"items":{"type":"string","pattern":"^\\$\\.[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9_]*)*$","x-rule":"must be a path such as $.CheckoutSession.discounts"}},"schema":{"type":"string","format":"uri"},"spec":{"type":"string","format":"uri"}},"x-null-is-absent":["extends","schema","spec"],"$id":"ExtensionDeclaration"};
const pattern1 = new RegExp("^[a-z][a-z0-9_-]*(@\\d{4}-\\d{2}-\\d{2})?$|^[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_-]*)+(@\\d{4}-\\d{2}-\\d{2})?$", "u");
const pattern2 = new RegExp("^\\$\\.[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9_]*)*$", "u");

function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ExtensionDeclaration" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.name === undefined) && (missing0 = "name")){
validate51.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "name") || (key0 === "extends")) || (key0 === "schema")) || (key0 === "spec"))){
validate51.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.name !== undefined){
let data0 = data.name;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(!pattern1.test(data0)){
validate51.errors = [{instancePath:instancePath+"/name",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9_-]*(@\\d{4}-\\d{2}-\\d{2})?$|^[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_-]*)+(@\\d{4}-\\d{2}-\\d{2})?$"}}];
return false;
}
}
else {
validate51.errors = [{instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.extends !== undefined){
let data1 = data.extends;
const _errs4 = errors;
if(errors === _errs4){
if(Array.isArray(data1)){
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(!pattern2.test(data2)){
validate51.errors = [{instancePath:instancePath+"/extends/" + i0,keyword:"pattern",params:{pattern: "^\\$\\.[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9_]*)*$"}}];
return false;
}
}
else {
validate51.errors = [{instancePath:instancePath+"/extends/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid1 = _errs6 === errors;
if(!valid1){
break;
}
}
if(valid1){
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
validate51.errors = [{instancePath:instancePath+"/extends",keyword:"uniqueItems",params:{i: i1, j: j0}}];
return false;
break;
}
indices0[item0] = i1;
}
}
}
}
else {
validate51.errors = [{instancePath:instancePath+"/extends",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.schema !== undefined){
let data3 = data.schema;
const _errs8 = errors;
if(errors === _errs8){
if(errors === _errs8){
if(typeof data3 === "string"){
if(!(formats8.test(data3))){
validate51.errors = [{instancePath:instancePath+"/schema",keyword:"format",params:{format: "uri"}}];
return false;
}
}
else {
validate51.errors = [{instancePath:instancePath+"/schema",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.spec !== undefined){
let data4 = data.spec;
const _errs10 = errors;
if(errors === _errs10){
if(errors === _errs10){
if(typeof data4 === "string"){
if(!(formats8.test(data4))){
validate51.errors = [{instancePath:instancePath+"/spec",keyword:"format",params:{format: "uri"}}];
return false;
}
}
else {
validate51.errors = [{instancePath:instancePath+"/spec",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate51.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate51.errors = vErrors;
return errors === 0;
}


function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CapabilitiesRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "payment") || (key0 === "interventions")) || (key0 === "extensions"))){
validate44.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.payment !== undefined){
const _errs2 = errors;
if(!(validate45(data.payment, {instancePath:instancePath+"/payment",parentData:data,parentDataProperty:"payment",rootData}))){
vErrors ??= [];
for (const error of validate45.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.interventions !== undefined){
let data1 = data.interventions;
const _errs3 = errors;
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
const _errs5 = errors;
for(const key1 in data1){
if(!(((((((key1 === "supported") || (key1 === "required")) || (key1 === "enforcement")) || (key1 === "display_context")) || (key1 === "redirect_context")) || (key1 === "max_redirects")) || (key1 === "max_interaction_depth"))){
validate44.errors = [{instancePath:instancePath+"/interventions",keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs5 === errors){
if(data1.supported !== undefined){
let data2 = data1.supported;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
var valid2 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
const _errs8 = errors;
if(typeof data2[i0] !== "string"){
validate44.errors = [{instancePath:instancePath+"/interventions/supported/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs8 === errors;
if(!valid2){
break;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/interventions/supported",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid1 = _errs6 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.required !== undefined){
let data4 = data1.required;
const _errs10 = errors;
if(errors === _errs10){
if(Array.isArray(data4)){
var valid3 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
const _errs12 = errors;
if(typeof data4[i1] !== "string"){
validate44.errors = [{instancePath:instancePath+"/interventions/required/" + i1,keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs12 === errors;
if(!valid3){
break;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/interventions/required",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.enforcement !== undefined){
const _errs14 = errors;
if(typeof data1.enforcement !== "string"){
validate44.errors = [{instancePath:instancePath+"/interventions/enforcement",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs14 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.display_context !== undefined){
const _errs16 = errors;
if(typeof data1.display_context !== "string"){
validate44.errors = [{instancePath:instancePath+"/interventions/display_context",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs16 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.redirect_context !== undefined){
const _errs18 = errors;
if(typeof data1.redirect_context !== "string"){
validate44.errors = [{instancePath:instancePath+"/interventions/redirect_context",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs18 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.max_redirects !== undefined){
let data9 = data1.max_redirects;
const _errs20 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate44.errors = [{instancePath:instancePath+"/interventions/max_redirects",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs20){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 0 || isNaN(data9)){
validate44.errors = [{instancePath:instancePath+"/interventions/max_redirects",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid1 = _errs20 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.max_interaction_depth !== undefined){
let data10 = data1.max_interaction_depth;
const _errs22 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate44.errors = [{instancePath:instancePath+"/interventions/max_interaction_depth",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs22){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 1 || isNaN(data10)){
validate44.errors = [{instancePath:instancePath+"/interventions/max_interaction_depth",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid1 = _errs22 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/interventions",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.extensions !== undefined){
let data11 = data.extensions;
const _errs24 = errors;
if(errors === _errs24){
if(Array.isArray(data11)){
var valid4 = true;
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
const _errs26 = errors;
if((typeof data12 !== "string") && (!(data12 && typeof data12 == "object" && !Array.isArray(data12)))){
validate44.errors = [{instancePath:instancePath+"/extensions/" + i2,keyword:"type",params:{type: schema17.properties.extensions.items.type}}];
return false;
}
const _errs28 = errors;
const _errs29 = errors;
let valid6 = true;
const _errs30 = errors;
if(typeof data12 !== "string"){
const err0 = {};
errors = (vErrors ??= []).push(err0);
}
var _valid0 = _errs30 === errors;
errors = _errs29;
if(vErrors !== null){
if(_errs29){
vErrors.length = _errs29;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs32 = errors;
if(typeof data12 !== "string"){
validate44.errors = [{instancePath:instancePath+"/extensions/" + i2,keyword:"type",params:{type: "string"}}];
return false;
}
var _valid0 = _errs32 === errors;
valid6 = _valid0;
}
if(!valid6){
const err1 = {instancePath:instancePath+"/extensions/" + i2,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err1);
validate44.errors = vErrors;
return false;
}
var valid5 = _errs28 === errors;
if(valid5){
const _errs34 = errors;
const _errs35 = errors;
let valid7 = true;
const _errs36 = errors;
if(!(data12 && typeof data12 == "object" && !Array.isArray(data12))){
const err2 = {};
errors = (vErrors ??= []).push(err2);
}
var _valid1 = _errs36 === errors;
errors = _errs35;
if(vErrors !== null){
if(_errs35){
vErrors.length = _errs35;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs38 = errors;
if(!(validate51(data12, {instancePath:instancePath+"/extensions/" + i2,parentData:data11,parentDataProperty:i2,rootData}))){
vErrors ??= [];
for (const error of validate51.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid1 = _errs38 === errors;
valid7 = _valid1;
}
if(!valid7){
const err3 = {instancePath:instancePath+"/extensions/" + i2,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err3);
validate44.errors = vErrors;
return false;
}
var valid5 = _errs34 === errors;
}
var valid4 = _errs26 === errors;
if(!valid4){
break;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/extensions",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate44.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate44.errors = vErrors;
return errors === 0;
}

const schema22 = {"type":"object","additionalProperties":false,"properties":{"codes":{"type":"array","maxItems":10,"items":{"type":"string"}}},"x-null-is-absent":["codes"],"$id":"DiscountsRequest"};

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="DiscountsRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const _errs1 = errors;
for(const key0 in data){
if(!(key0 === "codes")){
validate54.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.codes !== undefined){
let data0 = data.codes;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 10){
validate54.errors = [{instancePath:instancePath+"/codes",keyword:"maxItems",params:{limit: 10}}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(typeof data0[i0] !== "string"){
validate54.errors = [{instancePath:instancePath+"/codes/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/codes",keyword:"type",params:{type: "array"}}];
return false;
}
}
}
}
}
else {
validate54.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate54.errors = vErrors;
return errors === 0;
}

const schema23 = {"type":"array","maxItems":10,"items":{"type":"string"},"$id":"Coupons"};

function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Coupons" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
if(data.length > 10){
validate56.errors = [{instancePath,keyword:"maxItems",params:{limit: 10}}];
return false;
}
else {
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
const _errs1 = errors;
if(typeof data[i0] !== "string"){
validate56.errors = [{instancePath:instancePath+"/" + i0,keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
}
else {
validate56.errors = [{instancePath,keyword:"type",params:{type: "array"}}];
return false;
}
}
validate56.errors = vErrors;
return errors === 0;
}

const schema24 = {"type":"object","required":["provider"],"properties":{"provider":{"type":"string"},"token":{"type":"string"},"publisher_id":{"type":"string"},"campaign_id":{"type":"string"},"creative_id":{"type":"string"},"sub_id":{"type":"string"},"source":{"type":"object","required":["type"],"properties":{"type":{"type":"string"},"url":{"type":"string","format":"uri"}},"x-null-is-absent":["url"]},"issued_at":{"type":"string","format":"date-time"},"expires_at":{"type":"string","format":"date-time"},"metadata":{"$ref":"Notes"},"touchpoint":{"type":"string"}},"allOf":[{"if":{"required":["publisher_id"]},"else":{"required":["token"]}}],"x-null-is-absent":["token","publisher_id","campaign_id","creative_id","sub_id","source","issued_at","expires_at","metadata","touchpoint"],"$id":"AffiliateAttribution"};
const schema25 = {"type":"object","additionalProperties":{"type":["string","number","boolean"]},"x-null-is-absent":true,"$id":"Notes"};

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Notes" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
let data0 = data[key0];
const _errs2 = errors;
if(((typeof data0 !== "string") && (!((typeof data0 == "number") && (isFinite(data0))))) && (typeof data0 !== "boolean")){
validate59.errors = [{instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: schema25.additionalProperties.type}}];
return false;
}
var valid0 = _errs2 === errors;
if(!valid0){
break;
}
}
}
else {
validate59.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate59.errors = vErrors;
return errors === 0;
}


function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="AffiliateAttribution" */;
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.publisher_id === undefined) && (missing0 = "publisher_id")){
const err0 = {};
errors = (vErrors ??= []).push(err0);
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(!_valid0){
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.token === undefined) && (missing1 = "token")){
validate58.errors = [{instancePath,keyword:"required",params:{missingProperty: missing1}}];
return false;
}
}
var _valid0 = _errs4 === errors;
valid1 = _valid0;
}
if(!valid1){
const err1 = {instancePath,keyword:"if",params:{failingKeyword: "else"}};
errors = (vErrors ??= []).push(err1);
validate58.errors = vErrors;
return false;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if((data.provider === undefined) && (missing2 = "provider")){
validate58.errors = [{instancePath,keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
if(data.provider !== undefined){
const _errs5 = errors;
if(typeof data.provider !== "string"){
validate58.errors = [{instancePath:instancePath+"/provider",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs5 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.token !== undefined){
const _errs7 = errors;
if(typeof data.token !== "string"){
validate58.errors = [{instancePath:instancePath+"/token",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.publisher_id !== undefined){
const _errs9 = errors;
if(typeof data.publisher_id !== "string"){
validate58.errors = [{instancePath:instancePath+"/publisher_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs9 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.campaign_id !== undefined){
const _errs11 = errors;
if(typeof data.campaign_id !== "string"){
validate58.errors = [{instancePath:instancePath+"/campaign_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.creative_id !== undefined){
const _errs13 = errors;
if(typeof data.creative_id !== "string"){
validate58.errors = [{instancePath:instancePath+"/creative_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.sub_id !== undefined){
const _errs15 = errors;
if(typeof data.sub_id !== "string"){
validate58.errors = [{instancePath:instancePath+"/sub_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.source !== undefined){
let data6 = data.source;
const _errs17 = errors;
if(errors === _errs17){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing3;
if((data6.type === undefined) && (missing3 = "type")){
validate58.errors = [{instancePath:instancePath+"/source",keyword:"required",params:{missingProperty: missing3}}];
return false;
}
else {
if(data6.type !== undefined){
const _errs19 = errors;
if(typeof data6.type !== "string"){
validate58.errors = [{instancePath:instancePath+"/source/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs19 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data6.url !== undefined){
let data8 = data6.url;
const _errs21 = errors;
if(errors === _errs21){
if(errors === _errs21){
if(typeof data8 === "string"){
if(!(formats8.test(data8))){
validate58.errors = [{instancePath:instancePath+"/source/url",keyword:"format",params:{format: "uri"}}];
return false;
}
}
else {
validate58.errors = [{instancePath:instancePath+"/source/url",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid3 = _errs21 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate58.errors = [{instancePath:instancePath+"/source",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid2 = _errs17 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.issued_at !== undefined){
let data9 = data.issued_at;
const _errs23 = errors;
if(errors === _errs23){
if(errors === _errs23){
if(typeof data9 === "string"){
if(!(formats2.test(data9))){
validate58.errors = [{instancePath:instancePath+"/issued_at",keyword:"format",params:{format: "date-time"}}];
return false;
}
}
else {
validate58.errors = [{instancePath:instancePath+"/issued_at",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid2 = _errs23 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.expires_at !== undefined){
let data10 = data.expires_at;
const _errs25 = errors;
if(errors === _errs25){
if(errors === _errs25){
if(typeof data10 === "string"){
if(!(formats2.test(data10))){
validate58.errors = [{instancePath:instancePath+"/expires_at",keyword:"format",params:{format: "date-time"}}];
return false;
}
}
else {
validate58.errors = [{instancePath:instancePath+"/expires_at",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid2 = _errs25 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.metadata !== undefined){
const _errs27 = errors;
if(!(validate59(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData}))){
vErrors ??= [];
for (const error of validate59.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid2 = _errs27 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.touchpoint !== undefined){
const _errs28 = errors;
if(typeof data.touchpoint !== "string"){
validate58.errors = [{instancePath:instancePath+"/touchpoint",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs28 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate58.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate58.errors = vErrors;
return errors === 0;
}

const schema26 = {"type":"object","additionalProperties":true,"$id":"Metadata"};

function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Metadata" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(!(data && typeof data == "object" && !Array.isArray(data))){
validate62.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate62.errors = vErrors;
return errors === 0;
}

const schema27 = {"type":"string","maxLength":5000,"$id":"OrderNotes"};
const func5 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };

function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderNotes" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(typeof data === "string"){
if(func5(data) > 5000){
validate64.errors = [{instancePath,keyword:"maxLength",params:{limit: 5000}}];
return false;
}
}
else {
validate64.errors = [{instancePath,keyword:"type",params:{type: "string"}}];
return false;
}
}
validate64.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CheckoutSessionCreateRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.line_items === undefined) && (missing0 = "line_items")) || ((data.currency === undefined) && (missing0 = "currency"))) || ((data.capabilities === undefined) && (missing0 = "capabilities"))){
validate21.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func2.call(schema6.properties, key0))){
validate21.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.line_items !== undefined){
let data0 = data.line_items;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 85){
validate21.errors = [{instancePath:instancePath+"/line_items",keyword:"maxItems",params:{limit: 85}}];
return false;
}
else {
if(data0.length < 1){
validate21.errors = [{instancePath:instancePath+"/line_items",keyword:"minItems",params:{limit: 1}}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate22(data0[i0], {instancePath:instancePath+"/line_items/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/line_items",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.currency !== undefined){
const _errs5 = errors;
if(typeof data.currency !== "string"){
validate21.errors = [{instancePath:instancePath+"/currency",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs7 = errors;
if(!(validate29(data.buyer, {instancePath:instancePath+"/buyer",parentData:data,parentDataProperty:"buyer",rootData}))){
vErrors ??= [];
for (const error of validate29.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment_details !== undefined){
const _errs8 = errors;
if(!(validate31(data.fulfillment_details, {instancePath:instancePath+"/fulfillment_details",parentData:data,parentDataProperty:"fulfillment_details",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment_groups !== undefined){
const _errs9 = errors;
if(!(validate35(data.fulfillment_groups, {instancePath:instancePath+"/fulfillment_groups",parentData:data,parentDataProperty:"fulfillment_groups",rootData}))){
vErrors ??= [];
for (const error of validate35.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.capabilities !== undefined){
const _errs10 = errors;
if(!(validate44(data.capabilities, {instancePath:instancePath+"/capabilities",parentData:data,parentDataProperty:"capabilities",rootData}))){
vErrors ??= [];
for (const error of validate44.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.discounts !== undefined){
const _errs11 = errors;
if(!(validate54(data.discounts, {instancePath:instancePath+"/discounts",parentData:data,parentDataProperty:"discounts",rootData}))){
vErrors ??= [];
for (const error of validate54.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.coupons !== undefined){
const _errs12 = errors;
if(!(validate56(data.coupons, {instancePath:instancePath+"/coupons",parentData:data,parentDataProperty:"coupons",rootData}))){
vErrors ??= [];
for (const error of validate56.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.affiliate_attribution !== undefined){
const _errs13 = errors;
if(!(validate58(data.affiliate_attribution, {instancePath:instancePath+"/affiliate_attribution",parentData:data,parentDataProperty:"affiliate_attribution",rootData}))){
vErrors ??= [];
for (const error of validate58.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.locale !== undefined){
const _errs14 = errors;
if(typeof data.locale !== "string"){
validate21.errors = [{instancePath:instancePath+"/locale",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.timezone !== undefined){
const _errs16 = errors;
if(typeof data.timezone !== "string"){
validate21.errors = [{instancePath:instancePath+"/timezone",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.quote_id !== undefined){
const _errs18 = errors;
if(typeof data.quote_id !== "string"){
validate21.errors = [{instancePath:instancePath+"/quote_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metadata !== undefined){
const _errs20 = errors;
if(!(validate62(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData}))){
vErrors ??= [];
for (const error of validate62.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.order_notes !== undefined){
const _errs21 = errors;
if(!(validate64(data.order_notes, {instancePath:instancePath+"/order_notes",parentData:data,parentDataProperty:"order_notes",rootData}))){
vErrors ??= [];
for (const error of validate64.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateCheckoutSessionUpdateRequest = validate66;
const schema28 = {"type":"object","additionalProperties":false,"properties":{"line_items":{"type":"array","maxItems":85,"items":{"$ref":"RequestedItem"}},"buyer":{"$ref":"Buyer"},"fulfillment_details":{"$ref":"FulfillmentDetails"},"fulfillment_groups":{"$ref":"FulfillmentGroups"},"selected_fulfillment_options":{"type":"array","items":{"$ref":"SelectedFulfillmentOption"}},"discounts":{"$ref":"DiscountsRequest"},"coupons":{"$ref":"Coupons"},"order_notes":{"$ref":"OrderNotes"}},"x-null-is-absent":["line_items","buyer","fulfillment_details","fulfillment_groups","selected_fulfillment_options","discounts","coupons","order_notes"],"$id":"CheckoutSessionUpdateRequest"};
const schema29 = {"type":"object","additionalProperties":false,"required":["type","option_id","item_ids"],"properties":{"type":{"$ref":"FulfillmentType"},"option_id":{"type":"string"},"item_ids":{"$ref":"ItemIds"}},"$id":"SelectedFulfillmentOption"};

function validate71(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="SelectedFulfillmentOption" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.type === undefined) && (missing0 = "type")) || ((data.option_id === undefined) && (missing0 = "option_id"))) || ((data.item_ids === undefined) && (missing0 = "item_ids"))){
validate71.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "option_id")) || (key0 === "item_ids"))){
validate71.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.type !== undefined){
const _errs2 = errors;
if(!(validate39(data.type, {instancePath:instancePath+"/type",parentData:data,parentDataProperty:"type",rootData}))){
vErrors ??= [];
for (const error of validate39.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.option_id !== undefined){
const _errs3 = errors;
if(typeof data.option_id !== "string"){
validate71.errors = [{instancePath:instancePath+"/option_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.item_ids !== undefined){
const _errs5 = errors;
if(!(validate37(data.item_ids, {instancePath:instancePath+"/item_ids",parentData:data,parentDataProperty:"item_ids",rootData}))){
vErrors ??= [];
for (const error of validate37.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate71.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate71.errors = vErrors;
return errors === 0;
}


function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CheckoutSessionUpdateRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "line_items") || (key0 === "buyer")) || (key0 === "fulfillment_details")) || (key0 === "fulfillment_groups")) || (key0 === "selected_fulfillment_options")) || (key0 === "discounts")) || (key0 === "coupons")) || (key0 === "order_notes"))){
validate66.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.line_items !== undefined){
let data0 = data.line_items;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 85){
validate66.errors = [{instancePath:instancePath+"/line_items",keyword:"maxItems",params:{limit: 85}}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate22(data0[i0], {instancePath:instancePath+"/line_items/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate66.errors = [{instancePath:instancePath+"/line_items",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs5 = errors;
if(!(validate29(data.buyer, {instancePath:instancePath+"/buyer",parentData:data,parentDataProperty:"buyer",rootData}))){
vErrors ??= [];
for (const error of validate29.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment_details !== undefined){
const _errs6 = errors;
if(!(validate31(data.fulfillment_details, {instancePath:instancePath+"/fulfillment_details",parentData:data,parentDataProperty:"fulfillment_details",rootData}))){
vErrors ??= [];
for (const error of validate31.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment_groups !== undefined){
const _errs7 = errors;
if(!(validate35(data.fulfillment_groups, {instancePath:instancePath+"/fulfillment_groups",parentData:data,parentDataProperty:"fulfillment_groups",rootData}))){
vErrors ??= [];
for (const error of validate35.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.selected_fulfillment_options !== undefined){
let data5 = data.selected_fulfillment_options;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data5)){
var valid2 = true;
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
const _errs10 = errors;
if(!(validate71(data5[i1], {instancePath:instancePath+"/selected_fulfillment_options/" + i1,parentData:data5,parentDataProperty:i1,rootData}))){
vErrors ??= [];
for (const error of validate71.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid2 = _errs10 === errors;
if(!valid2){
break;
}
}
}
else {
validate66.errors = [{instancePath:instancePath+"/selected_fulfillment_options",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.discounts !== undefined){
const _errs11 = errors;
if(!(validate54(data.discounts, {instancePath:instancePath+"/discounts",parentData:data,parentDataProperty:"discounts",rootData}))){
vErrors ??= [];
for (const error of validate54.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.coupons !== undefined){
const _errs12 = errors;
if(!(validate56(data.coupons, {instancePath:instancePath+"/coupons",parentData:data,parentDataProperty:"coupons",rootData}))){
vErrors ??= [];
for (const error of validate56.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.order_notes !== undefined){
const _errs13 = errors;
if(!(validate64(data.order_notes, {instancePath:instancePath+"/order_notes",parentData:data,parentDataProperty:"order_notes",rootData}))){
vErrors ??= [];
for (const error of validate64.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
else {
validate66.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate66.errors = vErrors;
return errors === 0;
}

export const validateCheckoutSessionCompleteRequest = validate78;
const schema30 = {"type":"object","additionalProperties":false,"required":["payment_data"],"properties":{"payment_data":{"$ref":"PaymentData"},"buyer":{"$ref":"Buyer"},"authentication_result":{"$ref":"AuthenticationResult"},"affiliate_attribution":{"$ref":"AffiliateAttribution"},"risk_signals":{"$ref":"RiskSignals"},"marketing_consents":{"type":"array","items":{"$ref":"MarketingConsent"}},"order_notes":{"$ref":"OrderNotes"}},"x-null-is-absent":["buyer","authentication_result","affiliate_attribution","risk_signals","marketing_consents","order_notes"],"$id":"CheckoutSessionCompleteRequest"};
const schema31 = {"type":"object","additionalProperties":false,"properties":{"handler_id":{"type":"string"},"instrument":{"type":"object","required":["type","credential"],"properties":{"type":{"type":"string"},"credential":{"type":"object","required":["type","token"],"properties":{"type":{"type":"string"},"token":{"type":"string"}}}}},"billing_address":{"$ref":"Address"},"purchase_order_number":{"type":"string"},"payment_terms":{"type":"string","enum":["immediate","net_15","net_30","net_60","net_90"]},"due_date":{"type":"string","format":"date-time"},"approval_required":{"type":"boolean"}},"allOf":[{"if":{"required":["purchase_order_number"]},"else":{"required":["handler_id","instrument"]}}],"x-null-is-absent":["handler_id","instrument","billing_address","purchase_order_number","payment_terms","due_date","approval_required"],"$id":"PaymentData"};

function validate79(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="PaymentData" */;
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.purchase_order_number === undefined) && (missing0 = "purchase_order_number")){
const err0 = {};
errors = (vErrors ??= []).push(err0);
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(!_valid0){
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((data.handler_id === undefined) && (missing1 = "handler_id")) || ((data.instrument === undefined) && (missing1 = "instrument"))){
validate79.errors = [{instancePath,keyword:"required",params:{missingProperty: missing1}}];
return false;
}
}
var _valid0 = _errs4 === errors;
valid1 = _valid0;
}
if(!valid1){
const err1 = {instancePath,keyword:"if",params:{failingKeyword: "else"}};
errors = (vErrors ??= []).push(err1);
validate79.errors = vErrors;
return false;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const _errs5 = errors;
for(const key0 in data){
if(!(((((((key0 === "handler_id") || (key0 === "instrument")) || (key0 === "billing_address")) || (key0 === "purchase_order_number")) || (key0 === "payment_terms")) || (key0 === "due_date")) || (key0 === "approval_required"))){
validate79.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs5 === errors){
if(data.handler_id !== undefined){
const _errs6 = errors;
if(typeof data.handler_id !== "string"){
validate79.errors = [{instancePath:instancePath+"/handler_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs6 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.instrument !== undefined){
let data1 = data.instrument;
const _errs8 = errors;
if(errors === _errs8){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing2;
if(((data1.type === undefined) && (missing2 = "type")) || ((data1.credential === undefined) && (missing2 = "credential"))){
validate79.errors = [{instancePath:instancePath+"/instrument",keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
if(data1.type !== undefined){
const _errs10 = errors;
if(typeof data1.type !== "string"){
validate79.errors = [{instancePath:instancePath+"/instrument/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs10 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data1.credential !== undefined){
let data3 = data1.credential;
const _errs12 = errors;
if(errors === _errs12){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing3;
if(((data3.type === undefined) && (missing3 = "type")) || ((data3.token === undefined) && (missing3 = "token"))){
validate79.errors = [{instancePath:instancePath+"/instrument/credential",keyword:"required",params:{missingProperty: missing3}}];
return false;
}
else {
if(data3.type !== undefined){
const _errs14 = errors;
if(typeof data3.type !== "string"){
validate79.errors = [{instancePath:instancePath+"/instrument/credential/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs14 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data3.token !== undefined){
const _errs16 = errors;
if(typeof data3.token !== "string"){
validate79.errors = [{instancePath:instancePath+"/instrument/credential/token",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs16 === errors;
}
else {
var valid4 = true;
}
}
}
}
else {
validate79.errors = [{instancePath:instancePath+"/instrument/credential",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate79.errors = [{instancePath:instancePath+"/instrument",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid2 = _errs8 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.billing_address !== undefined){
const _errs18 = errors;
if(!(validate32(data.billing_address, {instancePath:instancePath+"/billing_address",parentData:data,parentDataProperty:"billing_address",rootData}))){
vErrors ??= [];
for (const error of validate32.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.purchase_order_number !== undefined){
const _errs19 = errors;
if(typeof data.purchase_order_number !== "string"){
validate79.errors = [{instancePath:instancePath+"/purchase_order_number",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.payment_terms !== undefined){
let data8 = data.payment_terms;
const _errs21 = errors;
if(typeof data8 !== "string"){
validate79.errors = [{instancePath:instancePath+"/payment_terms",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((((data8 === "immediate") || (data8 === "net_15")) || (data8 === "net_30")) || (data8 === "net_60")) || (data8 === "net_90"))){
validate79.errors = [{instancePath:instancePath+"/payment_terms",keyword:"enum",params:{allowedValues: schema31.properties.payment_terms.enum}}];
return false;
}
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.due_date !== undefined){
let data9 = data.due_date;
const _errs23 = errors;
if(errors === _errs23){
if(errors === _errs23){
if(typeof data9 === "string"){
if(!(formats2.test(data9))){
validate79.errors = [{instancePath:instancePath+"/due_date",keyword:"format",params:{format: "date-time"}}];
return false;
}
}
else {
validate79.errors = [{instancePath:instancePath+"/due_date",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid2 = _errs23 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.approval_required !== undefined){
const _errs25 = errors;
if(typeof data.approval_required !== "boolean"){
validate79.errors = [{instancePath:instancePath+"/approval_required",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs25 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
}
else {
validate79.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate79.errors = vErrors;
return errors === 0;
}

const schema32 = {"type":"object","additionalProperties":false,"required":["outcome"],"properties":{"outcome":{"type":"string","enum":["abandoned","attempt_acknowledged","authenticated","canceled","denied","informational","internal_error","not_supported","processing_error","rejected"]},"outcome_details":{"type":"object","additionalProperties":false,"required":["three_ds_cryptogram","electronic_commerce_indicator","transaction_id","version"],"properties":{"three_ds_cryptogram":{"type":"string"},"electronic_commerce_indicator":{"type":"string","enum":["01","02","05","06","07"]},"transaction_id":{"type":"string"},"version":{"type":"string"}}}},"allOf":[{"if":{"properties":{"outcome":{"enum":["authenticated","informational","attempt_acknowledged"]}},"x-null-is-absent":["outcome"]},"then":{"required":["outcome_details"]}}],"x-null-is-absent":["outcome_details"],"$id":"AuthenticationResult"};

function validate83(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="AuthenticationResult" */;
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.outcome !== undefined){
let data0 = data.outcome;
if(!(((data0 === "authenticated") || (data0 === "informational")) || (data0 === "attempt_acknowledged"))){
const err0 = {};
errors = (vErrors ??= []).push(err0);
}
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.outcome_details === undefined) && (missing0 = "outcome_details")){
validate83.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err1 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err1);
validate83.errors = vErrors;
return false;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.outcome === undefined) && (missing1 = "outcome")){
validate83.errors = [{instancePath,keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
const _errs6 = errors;
for(const key0 in data){
if(!((key0 === "outcome") || (key0 === "outcome_details"))){
validate83.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs6 === errors){
if(data.outcome !== undefined){
let data1 = data.outcome;
const _errs7 = errors;
if(typeof data1 !== "string"){
validate83.errors = [{instancePath:instancePath+"/outcome",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((((((((data1 === "abandoned") || (data1 === "attempt_acknowledged")) || (data1 === "authenticated")) || (data1 === "canceled")) || (data1 === "denied")) || (data1 === "informational")) || (data1 === "internal_error")) || (data1 === "not_supported")) || (data1 === "processing_error")) || (data1 === "rejected"))){
validate83.errors = [{instancePath:instancePath+"/outcome",keyword:"enum",params:{allowedValues: schema32.properties.outcome.enum}}];
return false;
}
var valid3 = _errs7 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.outcome_details !== undefined){
let data2 = data.outcome_details;
const _errs9 = errors;
if(errors === _errs9){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing2;
if(((((data2.three_ds_cryptogram === undefined) && (missing2 = "three_ds_cryptogram")) || ((data2.electronic_commerce_indicator === undefined) && (missing2 = "electronic_commerce_indicator"))) || ((data2.transaction_id === undefined) && (missing2 = "transaction_id"))) || ((data2.version === undefined) && (missing2 = "version"))){
validate83.errors = [{instancePath:instancePath+"/outcome_details",keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
const _errs11 = errors;
for(const key1 in data2){
if(!((((key1 === "three_ds_cryptogram") || (key1 === "electronic_commerce_indicator")) || (key1 === "transaction_id")) || (key1 === "version"))){
validate83.errors = [{instancePath:instancePath+"/outcome_details",keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs11 === errors){
if(data2.three_ds_cryptogram !== undefined){
const _errs12 = errors;
if(typeof data2.three_ds_cryptogram !== "string"){
validate83.errors = [{instancePath:instancePath+"/outcome_details/three_ds_cryptogram",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs12 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data2.electronic_commerce_indicator !== undefined){
let data4 = data2.electronic_commerce_indicator;
const _errs14 = errors;
if(typeof data4 !== "string"){
validate83.errors = [{instancePath:instancePath+"/outcome_details/electronic_commerce_indicator",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((((data4 === "01") || (data4 === "02")) || (data4 === "05")) || (data4 === "06")) || (data4 === "07"))){
validate83.errors = [{instancePath:instancePath+"/outcome_details/electronic_commerce_indicator",keyword:"enum",params:{allowedValues: schema32.properties.outcome_details.properties.electronic_commerce_indicator.enum}}];
return false;
}
var valid4 = _errs14 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data2.transaction_id !== undefined){
const _errs16 = errors;
if(typeof data2.transaction_id !== "string"){
validate83.errors = [{instancePath:instancePath+"/outcome_details/transaction_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs16 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data2.version !== undefined){
const _errs18 = errors;
if(typeof data2.version !== "string"){
validate83.errors = [{instancePath:instancePath+"/outcome_details/version",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs18 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
}
else {
validate83.errors = [{instancePath:instancePath+"/outcome_details",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid3 = _errs9 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate83.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate83.errors = vErrors;
return errors === 0;
}

const schema33 = {"type":"object","additionalProperties":false,"properties":{"ip_address":{"type":"string"},"user_agent":{"type":"string"},"accept_language":{"type":"string"},"session_id":{"type":"string"},"device_fingerprint":{"type":"string"}},"x-null-is-absent":["ip_address","user_agent","accept_language","session_id","device_fingerprint"],"$id":"RiskSignals"};

function validate86(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="RiskSignals" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "ip_address") || (key0 === "user_agent")) || (key0 === "accept_language")) || (key0 === "session_id")) || (key0 === "device_fingerprint"))){
validate86.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.ip_address !== undefined){
const _errs2 = errors;
if(typeof data.ip_address !== "string"){
validate86.errors = [{instancePath:instancePath+"/ip_address",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.user_agent !== undefined){
const _errs4 = errors;
if(typeof data.user_agent !== "string"){
validate86.errors = [{instancePath:instancePath+"/user_agent",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.accept_language !== undefined){
const _errs6 = errors;
if(typeof data.accept_language !== "string"){
validate86.errors = [{instancePath:instancePath+"/accept_language",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.session_id !== undefined){
const _errs8 = errors;
if(typeof data.session_id !== "string"){
validate86.errors = [{instancePath:instancePath+"/session_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.device_fingerprint !== undefined){
const _errs10 = errors;
if(typeof data.device_fingerprint !== "string"){
validate86.errors = [{instancePath:instancePath+"/device_fingerprint",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate86.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate86.errors = vErrors;
return errors === 0;
}

const schema34 = {"type":"object","additionalProperties":false,"required":["channel","opted_in"],"properties":{"channel":{"type":"string"},"opted_in":{"type":"boolean"}},"$id":"MarketingConsent"};

function validate88(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="MarketingConsent" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.channel === undefined) && (missing0 = "channel")) || ((data.opted_in === undefined) && (missing0 = "opted_in"))){
validate88.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "channel") || (key0 === "opted_in"))){
validate88.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.channel !== undefined){
const _errs2 = errors;
if(typeof data.channel !== "string"){
validate88.errors = [{instancePath:instancePath+"/channel",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.opted_in !== undefined){
const _errs4 = errors;
if(typeof data.opted_in !== "boolean"){
validate88.errors = [{instancePath:instancePath+"/opted_in",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate88.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate88.errors = vErrors;
return errors === 0;
}


function validate78(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CheckoutSessionCompleteRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.payment_data === undefined) && (missing0 = "payment_data")){
validate78.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "payment_data") || (key0 === "buyer")) || (key0 === "authentication_result")) || (key0 === "affiliate_attribution")) || (key0 === "risk_signals")) || (key0 === "marketing_consents")) || (key0 === "order_notes"))){
validate78.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.payment_data !== undefined){
const _errs2 = errors;
if(!(validate79(data.payment_data, {instancePath:instancePath+"/payment_data",parentData:data,parentDataProperty:"payment_data",rootData}))){
vErrors ??= [];
for (const error of validate79.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs3 = errors;
if(!(validate29(data.buyer, {instancePath:instancePath+"/buyer",parentData:data,parentDataProperty:"buyer",rootData}))){
vErrors ??= [];
for (const error of validate29.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.authentication_result !== undefined){
const _errs4 = errors;
if(!(validate83(data.authentication_result, {instancePath:instancePath+"/authentication_result",parentData:data,parentDataProperty:"authentication_result",rootData}))){
vErrors ??= [];
for (const error of validate83.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.affiliate_attribution !== undefined){
const _errs5 = errors;
if(!(validate58(data.affiliate_attribution, {instancePath:instancePath+"/affiliate_attribution",parentData:data,parentDataProperty:"affiliate_attribution",rootData}))){
vErrors ??= [];
for (const error of validate58.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.risk_signals !== undefined){
const _errs6 = errors;
if(!(validate86(data.risk_signals, {instancePath:instancePath+"/risk_signals",parentData:data,parentDataProperty:"risk_signals",rootData}))){
vErrors ??= [];
for (const error of validate86.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.marketing_consents !== undefined){
let data5 = data.marketing_consents;
const _errs7 = errors;
if(errors === _errs7){
if(Array.isArray(data5)){
var valid1 = true;
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
const _errs9 = errors;
if(!(validate88(data5[i0], {instancePath:instancePath+"/marketing_consents/" + i0,parentData:data5,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate88.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs9 === errors;
if(!valid1){
break;
}
}
}
else {
validate78.errors = [{instancePath:instancePath+"/marketing_consents",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.order_notes !== undefined){
const _errs10 = errors;
if(!(validate64(data.order_notes, {instancePath:instancePath+"/order_notes",parentData:data,parentDataProperty:"order_notes",rootData}))){
vErrors ??= [];
for (const error of validate64.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
else {
validate78.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate78.errors = vErrors;
return errors === 0;
}

export const validateCancelSessionRequest = validate91;
const schema35 = {"type":"object","properties":{"intent_trace":{"$ref":"IntentTrace"}},"x-null-is-absent":["intent_trace"],"$id":"CancelSessionRequest"};
const schema36 = {"type":"object","required":["reason_code"],"properties":{"reason_code":{"type":"string"},"trace_summary":{"type":"string","maxLength":500},"metadata":{"$ref":"Notes"}},"x-null-is-absent":["trace_summary","metadata"],"$id":"IntentTrace"};

function validate92(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="IntentTrace" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.reason_code === undefined) && (missing0 = "reason_code")){
validate92.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.reason_code !== undefined){
const _errs1 = errors;
if(typeof data.reason_code !== "string"){
validate92.errors = [{instancePath:instancePath+"/reason_code",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.trace_summary !== undefined){
let data1 = data.trace_summary;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(func5(data1) > 500){
validate92.errors = [{instancePath:instancePath+"/trace_summary",keyword:"maxLength",params:{limit: 500}}];
return false;
}
}
else {
validate92.errors = [{instancePath:instancePath+"/trace_summary",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metadata !== undefined){
const _errs5 = errors;
if(!(validate59(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData}))){
vErrors ??= [];
for (const error of validate59.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate92.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate92.errors = vErrors;
return errors === 0;
}


function validate91(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CancelSessionRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.intent_trace !== undefined){
if(!(validate92(data.intent_trace, {instancePath:instancePath+"/intent_trace",parentData:data,parentDataProperty:"intent_trace",rootData}))){
vErrors ??= [];
for (const error of validate92.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
validate91.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate91.errors = vErrors;
return errors === 0;
}

export const validateCartCreateRequest = validate95;
const schema37 = {"type":"object","additionalProperties":false,"required":["line_items"],"properties":{"line_items":{"type":"array","minItems":1,"maxItems":85,"items":{"$ref":"RequestedItem"}},"buyer":{"$ref":"Buyer"},"locale":{"type":"string"}},"x-null-is-absent":["buyer","locale"],"$id":"CartCreateRequest"};

function validate95(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CartCreateRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.line_items === undefined) && (missing0 = "line_items")){
validate95.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "line_items") || (key0 === "buyer")) || (key0 === "locale"))){
validate95.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.line_items !== undefined){
let data0 = data.line_items;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 85){
validate95.errors = [{instancePath:instancePath+"/line_items",keyword:"maxItems",params:{limit: 85}}];
return false;
}
else {
if(data0.length < 1){
validate95.errors = [{instancePath:instancePath+"/line_items",keyword:"minItems",params:{limit: 1}}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate22(data0[i0], {instancePath:instancePath+"/line_items/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate95.errors = [{instancePath:instancePath+"/line_items",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs5 = errors;
if(!(validate29(data.buyer, {instancePath:instancePath+"/buyer",parentData:data,parentDataProperty:"buyer",rootData}))){
vErrors ??= [];
for (const error of validate29.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.locale !== undefined){
const _errs6 = errors;
if(typeof data.locale !== "string"){
validate95.errors = [{instancePath:instancePath+"/locale",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate95.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate95.errors = vErrors;
return errors === 0;
}

export const validateCartUpdateRequest = validate98;
const schema38 = {"type":"object","additionalProperties":false,"required":["line_items"],"properties":{"line_items":{"type":"array","minItems":1,"maxItems":85,"items":{"$ref":"RequestedItem"}},"buyer":{"$ref":"Buyer"}},"x-null-is-absent":["buyer"],"$id":"CartUpdateRequest"};

function validate98(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CartUpdateRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.line_items === undefined) && (missing0 = "line_items")){
validate98.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "line_items") || (key0 === "buyer"))){
validate98.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.line_items !== undefined){
let data0 = data.line_items;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 85){
validate98.errors = [{instancePath:instancePath+"/line_items",keyword:"maxItems",params:{limit: 85}}];
return false;
}
else {
if(data0.length < 1){
validate98.errors = [{instancePath:instancePath+"/line_items",keyword:"minItems",params:{limit: 1}}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate22(data0[i0], {instancePath:instancePath+"/line_items/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate98.errors = [{instancePath:instancePath+"/line_items",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs5 = errors;
if(!(validate29(data.buyer, {instancePath:instancePath+"/buyer",parentData:data,parentDataProperty:"buyer",rootData}))){
vErrors ??= [];
for (const error of validate29.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate98.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate98.errors = vErrors;
return errors === 0;
}

export const validateOrderUpdate = validate101;
const schema39 = {"type":"object","additionalProperties":false,"required":["orderId"],"properties":{"orderId":{"type":"string"},"status":{"type":"string","enum":["created","confirmed","manual_review","processing","shipped","completed","canceled"]},"line_items":{"type":"array","items":{"$ref":"OrderLineUpdate"}},"fulfillments":{"type":"array","items":{"$ref":"FulfillmentUpdate"}},"adjustments":{"type":"array","items":{"$ref":"AdjustmentUpdate"}},"estimated_delivery":{"$ref":"EstimatedDelivery"},"notes":{"type":"array","items":{"$ref":"OrderNote"}},"meta":{"type":"object"}},"x-null-is-absent":["status","line_items","fulfillments","adjustments","estimated_delivery","notes","meta"],"$id":"OrderUpdate"};
const schema40 = {"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string"},"quantity":{"type":"object","additionalProperties":false,"properties":{"ordered":{"type":"integer","minimum":1},"current":{"type":"integer","minimum":0},"fulfilled":{"type":"integer","minimum":0}},"x-null-is-absent":["ordered","current","fulfilled"]},"title":{"type":"string"},"product_id":{"type":"string"},"description":{"type":"string"},"image_url":{"type":"string"},"url":{"type":"string"},"unit_price":{"$ref":"Amount"},"subtotal":{"$ref":"Amount"},"totals":{"$ref":"Totals"},"status":{"type":"string"}},"x-null-is-absent":["quantity","title","product_id","description","image_url","url","unit_price","subtotal","totals","status"],"$id":"OrderLineUpdate"};
const schema41 = {"type":"integer","minimum":0,"$id":"Amount"};

function validate103(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Amount" */;
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
validate103.errors = [{instancePath,keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === 0){
if((typeof data == "number") && (isFinite(data))){
if(data < 0 || isNaN(data)){
validate103.errors = [{instancePath,keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
validate103.errors = vErrors;
return errors === 0;
}

const schema42 = {"type":"array","items":{"$ref":"Total"},"$id":"Totals"};
const schema43 = {"type":"object","additionalProperties":false,"required":["type","display_text","amount"],"properties":{"type":{"type":"string","enum":["items_base_amount","items_discount","subtotal","discount","fulfillment","tax","fee","gift_wrap","tip","store_credit","total","amount_refunded"]},"display_text":{"type":"string"},"amount":{"$ref":"Amount"},"presentment_amount":{"type":"integer","minimum":0},"description":{"type":"string"},"breakdown":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["jurisdiction","rate","amount"],"properties":{"jurisdiction":{"type":"string"},"rate":{"type":"number"},"amount":{"$ref":"Amount"}}}}},"x-null-is-absent":["presentment_amount","description","breakdown"],"$id":"Total"};

function validate107(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Total" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.type === undefined) && (missing0 = "type")) || ((data.display_text === undefined) && (missing0 = "display_text"))) || ((data.amount === undefined) && (missing0 = "amount"))){
validate107.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "type") || (key0 === "display_text")) || (key0 === "amount")) || (key0 === "presentment_amount")) || (key0 === "description")) || (key0 === "breakdown"))){
validate107.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.type !== undefined){
let data0 = data.type;
const _errs2 = errors;
if(typeof data0 !== "string"){
validate107.errors = [{instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((((((((((data0 === "items_base_amount") || (data0 === "items_discount")) || (data0 === "subtotal")) || (data0 === "discount")) || (data0 === "fulfillment")) || (data0 === "tax")) || (data0 === "fee")) || (data0 === "gift_wrap")) || (data0 === "tip")) || (data0 === "store_credit")) || (data0 === "total")) || (data0 === "amount_refunded"))){
validate107.errors = [{instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema43.properties.type.enum}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.display_text !== undefined){
const _errs4 = errors;
if(typeof data.display_text !== "string"){
validate107.errors = [{instancePath:instancePath+"/display_text",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.amount !== undefined){
const _errs6 = errors;
if(!(validate103(data.amount, {instancePath:instancePath+"/amount",parentData:data,parentDataProperty:"amount",rootData}))){
vErrors ??= [];
for (const error of validate103.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.presentment_amount !== undefined){
let data3 = data.presentment_amount;
const _errs7 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate107.errors = [{instancePath:instancePath+"/presentment_amount",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs7){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
validate107.errors = [{instancePath:instancePath+"/presentment_amount",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
const _errs9 = errors;
if(typeof data.description !== "string"){
validate107.errors = [{instancePath:instancePath+"/description",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.breakdown !== undefined){
let data5 = data.breakdown;
const _errs11 = errors;
if(errors === _errs11){
if(Array.isArray(data5)){
var valid1 = true;
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
const _errs13 = errors;
if(errors === _errs13){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing1;
if((((data6.jurisdiction === undefined) && (missing1 = "jurisdiction")) || ((data6.rate === undefined) && (missing1 = "rate"))) || ((data6.amount === undefined) && (missing1 = "amount"))){
validate107.errors = [{instancePath:instancePath+"/breakdown/" + i0,keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
const _errs15 = errors;
for(const key1 in data6){
if(!(((key1 === "jurisdiction") || (key1 === "rate")) || (key1 === "amount"))){
validate107.errors = [{instancePath:instancePath+"/breakdown/" + i0,keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs15 === errors){
if(data6.jurisdiction !== undefined){
const _errs16 = errors;
if(typeof data6.jurisdiction !== "string"){
validate107.errors = [{instancePath:instancePath+"/breakdown/" + i0+"/jurisdiction",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.rate !== undefined){
let data8 = data6.rate;
const _errs18 = errors;
if(!((typeof data8 == "number") && (isFinite(data8)))){
validate107.errors = [{instancePath:instancePath+"/breakdown/" + i0+"/rate",keyword:"type",params:{type: "number"}}];
return false;
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.amount !== undefined){
const _errs20 = errors;
if(!(validate103(data6.amount, {instancePath:instancePath+"/breakdown/" + i0+"/amount",parentData:data6,parentDataProperty:"amount",rootData}))){
vErrors ??= [];
for (const error of validate103.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
else {
validate107.errors = [{instancePath:instancePath+"/breakdown/" + i0,keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid1 = _errs13 === errors;
if(!valid1){
break;
}
}
}
else {
validate107.errors = [{instancePath:instancePath+"/breakdown",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate107.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate107.errors = vErrors;
return errors === 0;
}


function validate106(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Totals" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
const _errs1 = errors;
if(!(validate107(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate107.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
else {
validate106.errors = [{instancePath,keyword:"type",params:{type: "array"}}];
return false;
}
}
validate106.errors = vErrors;
return errors === 0;
}


function validate102(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderLineUpdate" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.id === undefined) && (missing0 = "id")){
validate102.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func2.call(schema40.properties, key0))){
validate102.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
validate102.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.quantity !== undefined){
let data1 = data.quantity;
const _errs4 = errors;
if(errors === _errs4){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
const _errs6 = errors;
for(const key1 in data1){
if(!(((key1 === "ordered") || (key1 === "current")) || (key1 === "fulfilled"))){
validate102.errors = [{instancePath:instancePath+"/quantity",keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs6 === errors){
if(data1.ordered !== undefined){
let data2 = data1.ordered;
const _errs7 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate102.errors = [{instancePath:instancePath+"/quantity/ordered",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs7){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 1 || isNaN(data2)){
validate102.errors = [{instancePath:instancePath+"/quantity/ordered",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.current !== undefined){
let data3 = data1.current;
const _errs9 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate102.errors = [{instancePath:instancePath+"/quantity/current",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs9){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
validate102.errors = [{instancePath:instancePath+"/quantity/current",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.fulfilled !== undefined){
let data4 = data1.fulfilled;
const _errs11 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate102.errors = [{instancePath:instancePath+"/quantity/fulfilled",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs11){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
validate102.errors = [{instancePath:instancePath+"/quantity/fulfilled",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate102.errors = [{instancePath:instancePath+"/quantity",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.title !== undefined){
const _errs13 = errors;
if(typeof data.title !== "string"){
validate102.errors = [{instancePath:instancePath+"/title",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.product_id !== undefined){
const _errs15 = errors;
if(typeof data.product_id !== "string"){
validate102.errors = [{instancePath:instancePath+"/product_id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
const _errs17 = errors;
if(typeof data.description !== "string"){
validate102.errors = [{instancePath:instancePath+"/description",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.image_url !== undefined){
const _errs19 = errors;
if(typeof data.image_url !== "string"){
validate102.errors = [{instancePath:instancePath+"/image_url",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.url !== undefined){
const _errs21 = errors;
if(typeof data.url !== "string"){
validate102.errors = [{instancePath:instancePath+"/url",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.unit_price !== undefined){
const _errs23 = errors;
if(!(validate103(data.unit_price, {instancePath:instancePath+"/unit_price",parentData:data,parentDataProperty:"unit_price",rootData}))){
vErrors ??= [];
for (const error of validate103.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.subtotal !== undefined){
const _errs24 = errors;
if(!(validate103(data.subtotal, {instancePath:instancePath+"/subtotal",parentData:data,parentDataProperty:"subtotal",rootData}))){
vErrors ??= [];
for (const error of validate103.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.totals !== undefined){
const _errs25 = errors;
if(!(validate106(data.totals, {instancePath:instancePath+"/totals",parentData:data,parentDataProperty:"totals",rootData}))){
vErrors ??= [];
for (const error of validate106.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
const _errs26 = errors;
if(typeof data.status !== "string"){
validate102.errors = [{instancePath:instancePath+"/status",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate102.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate102.errors = vErrors;
return errors === 0;
}

const schema44 = {"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string"},"type":{"type":"string","enum":["shipping","pickup","digital"]},"status":{"type":"string","enum":["pending","processing","ready_for_pickup","shipped","in_transit","out_for_delivery","failed","canceled","delivered"]},"line_items":{"type":"array","items":{"$ref":"LineItemReference"}},"carrier":{"type":"string"},"tracking_number":{"type":"string"},"tracking_url":{"type":"string","format":"uri"},"destination":{"$ref":"Address"},"estimated_delivery":{"$ref":"EstimatedDelivery"},"digital_delivery":{"type":"object","properties":{"access_url":{"type":"string","format":"uri"},"license_key":{"type":"string"},"expires_at":{"type":"string","format":"date-time"}},"x-null-is-absent":["access_url","license_key","expires_at"]},"description":{"type":"string"},"events":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["id","type","occurred_at"],"properties":{"id":{"type":"string"},"type":{"type":"string"},"occurred_at":{"type":"string","format":"date-time"},"description":{"type":"string"},"location":{"type":"string"}},"x-null-is-absent":["description","location"]}}},"x-null-is-absent":["type","status","line_items","carrier","tracking_number","tracking_url","destination","estimated_delivery","digital_delivery","description","events"],"$id":"FulfillmentUpdate"};
const schema45 = {"type":"object","additionalProperties":false,"required":["id","quantity"],"properties":{"id":{"type":"string"},"quantity":{"type":"integer","minimum":1}},"$id":"LineItemReference"};

function validate114(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="LineItemReference" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.id === undefined) && (missing0 = "id")) || ((data.quantity === undefined) && (missing0 = "quantity"))){
validate114.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "id") || (key0 === "quantity"))){
validate114.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
validate114.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.quantity !== undefined){
let data1 = data.quantity;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate114.errors = [{instancePath:instancePath+"/quantity",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 1 || isNaN(data1)){
validate114.errors = [{instancePath:instancePath+"/quantity",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate114.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate114.errors = vErrors;
return errors === 0;
}

const schema46 = {"type":"object","additionalProperties":false,"required":["earliest","latest"],"properties":{"earliest":{"type":"string","format":"date-time"},"latest":{"type":"string","format":"date-time"}},"$id":"EstimatedDelivery"};

function validate117(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="EstimatedDelivery" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.earliest === undefined) && (missing0 = "earliest")) || ((data.latest === undefined) && (missing0 = "latest"))){
validate117.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "earliest") || (key0 === "latest"))){
validate117.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.earliest !== undefined){
let data0 = data.earliest;
const _errs2 = errors;
if(errors === _errs2){
if(errors === _errs2){
if(typeof data0 === "string"){
if(!(formats2.test(data0))){
validate117.errors = [{instancePath:instancePath+"/earliest",keyword:"format",params:{format: "date-time"}}];
return false;
}
}
else {
validate117.errors = [{instancePath:instancePath+"/earliest",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.latest !== undefined){
let data1 = data.latest;
const _errs4 = errors;
if(errors === _errs4){
if(errors === _errs4){
if(typeof data1 === "string"){
if(!(formats2.test(data1))){
validate117.errors = [{instancePath:instancePath+"/latest",keyword:"format",params:{format: "date-time"}}];
return false;
}
}
else {
validate117.errors = [{instancePath:instancePath+"/latest",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate117.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate117.errors = vErrors;
return errors === 0;
}


function validate113(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="FulfillmentUpdate" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.id === undefined) && (missing0 = "id")){
validate113.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func2.call(schema44.properties, key0))){
validate113.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
validate113.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
let data1 = data.type;
const _errs4 = errors;
if(typeof data1 !== "string"){
validate113.errors = [{instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((data1 === "shipping") || (data1 === "pickup")) || (data1 === "digital"))){
validate113.errors = [{instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema44.properties.type.enum}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data2 = data.status;
const _errs6 = errors;
if(typeof data2 !== "string"){
validate113.errors = [{instancePath:instancePath+"/status",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((((((((data2 === "pending") || (data2 === "processing")) || (data2 === "ready_for_pickup")) || (data2 === "shipped")) || (data2 === "in_transit")) || (data2 === "out_for_delivery")) || (data2 === "failed")) || (data2 === "canceled")) || (data2 === "delivered"))){
validate113.errors = [{instancePath:instancePath+"/status",keyword:"enum",params:{allowedValues: schema44.properties.status.enum}}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_items !== undefined){
let data3 = data.line_items;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data3)){
var valid1 = true;
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
const _errs10 = errors;
if(!(validate114(data3[i0], {instancePath:instancePath+"/line_items/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate114.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs10 === errors;
if(!valid1){
break;
}
}
}
else {
validate113.errors = [{instancePath:instancePath+"/line_items",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.carrier !== undefined){
const _errs11 = errors;
if(typeof data.carrier !== "string"){
validate113.errors = [{instancePath:instancePath+"/carrier",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tracking_number !== undefined){
const _errs13 = errors;
if(typeof data.tracking_number !== "string"){
validate113.errors = [{instancePath:instancePath+"/tracking_number",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tracking_url !== undefined){
let data7 = data.tracking_url;
const _errs15 = errors;
if(errors === _errs15){
if(errors === _errs15){
if(typeof data7 === "string"){
if(!(formats8.test(data7))){
validate113.errors = [{instancePath:instancePath+"/tracking_url",keyword:"format",params:{format: "uri"}}];
return false;
}
}
else {
validate113.errors = [{instancePath:instancePath+"/tracking_url",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.destination !== undefined){
const _errs17 = errors;
if(!(validate32(data.destination, {instancePath:instancePath+"/destination",parentData:data,parentDataProperty:"destination",rootData}))){
vErrors ??= [];
for (const error of validate32.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.estimated_delivery !== undefined){
const _errs18 = errors;
if(!(validate117(data.estimated_delivery, {instancePath:instancePath+"/estimated_delivery",parentData:data,parentDataProperty:"estimated_delivery",rootData}))){
vErrors ??= [];
for (const error of validate117.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.digital_delivery !== undefined){
let data10 = data.digital_delivery;
const _errs19 = errors;
if(errors === _errs19){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.access_url !== undefined){
let data11 = data10.access_url;
const _errs21 = errors;
if(errors === _errs21){
if(errors === _errs21){
if(typeof data11 === "string"){
if(!(formats8.test(data11))){
validate113.errors = [{instancePath:instancePath+"/digital_delivery/access_url",keyword:"format",params:{format: "uri"}}];
return false;
}
}
else {
validate113.errors = [{instancePath:instancePath+"/digital_delivery/access_url",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data10.license_key !== undefined){
const _errs23 = errors;
if(typeof data10.license_key !== "string"){
validate113.errors = [{instancePath:instancePath+"/digital_delivery/license_key",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs23 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data10.expires_at !== undefined){
let data13 = data10.expires_at;
const _errs25 = errors;
if(errors === _errs25){
if(errors === _errs25){
if(typeof data13 === "string"){
if(!(formats2.test(data13))){
validate113.errors = [{instancePath:instancePath+"/digital_delivery/expires_at",keyword:"format",params:{format: "date-time"}}];
return false;
}
}
else {
validate113.errors = [{instancePath:instancePath+"/digital_delivery/expires_at",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid2 = _errs25 === errors;
}
else {
var valid2 = true;
}
}
}
}
else {
validate113.errors = [{instancePath:instancePath+"/digital_delivery",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
const _errs27 = errors;
if(typeof data.description !== "string"){
validate113.errors = [{instancePath:instancePath+"/description",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs27 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.events !== undefined){
let data15 = data.events;
const _errs29 = errors;
if(errors === _errs29){
if(Array.isArray(data15)){
var valid3 = true;
const len1 = data15.length;
for(let i1=0; i1<len1; i1++){
let data16 = data15[i1];
const _errs31 = errors;
if(errors === _errs31){
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
let missing1;
if((((data16.id === undefined) && (missing1 = "id")) || ((data16.type === undefined) && (missing1 = "type"))) || ((data16.occurred_at === undefined) && (missing1 = "occurred_at"))){
validate113.errors = [{instancePath:instancePath+"/events/" + i1,keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
const _errs33 = errors;
for(const key1 in data16){
if(!(((((key1 === "id") || (key1 === "type")) || (key1 === "occurred_at")) || (key1 === "description")) || (key1 === "location"))){
validate113.errors = [{instancePath:instancePath+"/events/" + i1,keyword:"additionalProperties",params:{additionalProperty: key1}}];
return false;
break;
}
}
if(_errs33 === errors){
if(data16.id !== undefined){
const _errs34 = errors;
if(typeof data16.id !== "string"){
validate113.errors = [{instancePath:instancePath+"/events/" + i1+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs34 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data16.type !== undefined){
const _errs36 = errors;
if(typeof data16.type !== "string"){
validate113.errors = [{instancePath:instancePath+"/events/" + i1+"/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs36 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data16.occurred_at !== undefined){
let data19 = data16.occurred_at;
const _errs38 = errors;
if(errors === _errs38){
if(errors === _errs38){
if(typeof data19 === "string"){
if(!(formats2.test(data19))){
validate113.errors = [{instancePath:instancePath+"/events/" + i1+"/occurred_at",keyword:"format",params:{format: "date-time"}}];
return false;
}
}
else {
validate113.errors = [{instancePath:instancePath+"/events/" + i1+"/occurred_at",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid4 = _errs38 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data16.description !== undefined){
const _errs40 = errors;
if(typeof data16.description !== "string"){
validate113.errors = [{instancePath:instancePath+"/events/" + i1+"/description",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs40 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data16.location !== undefined){
const _errs42 = errors;
if(typeof data16.location !== "string"){
validate113.errors = [{instancePath:instancePath+"/events/" + i1+"/location",keyword:"type",params:{type: "string"}}];
return false;
}
var valid4 = _errs42 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
}
}
else {
validate113.errors = [{instancePath:instancePath+"/events/" + i1,keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid3 = _errs31 === errors;
if(!valid3){
break;
}
}
}
else {
validate113.errors = [{instancePath:instancePath+"/events",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate113.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate113.errors = vErrors;
return errors === 0;
}

const schema47 = {"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string"},"type":{"type":"string","enum":["refund","credit","return","exchange","price_adjustment","cancellation","dispute"]},"occurred_at":{"type":"string","format":"date-time"},"status":{"type":"string","enum":["pending","completed","failed"]},"line_items":{"type":"array","items":{"$ref":"LineItemReference"}},"amount":{"type":"integer","minimum":0},"currency":{"$ref":"Currency"},"description":{"type":"string"},"reason":{"type":"string"}},"x-null-is-absent":["type","occurred_at","status","line_items","amount","currency","description","reason"],"$id":"AdjustmentUpdate"};
const schema48 = {"type":"string","pattern":"^[a-z]{3}$","x-rule":"must be an ISO 4217 code in lower case","$id":"Currency"};
const pattern3 = new RegExp("^[a-z]{3}$", "u");

function validate122(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Currency" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(typeof data === "string"){
if(!pattern3.test(data)){
validate122.errors = [{instancePath,keyword:"pattern",params:{pattern: "^[a-z]{3}$"}}];
return false;
}
}
else {
validate122.errors = [{instancePath,keyword:"type",params:{type: "string"}}];
return false;
}
}
validate122.errors = vErrors;
return errors === 0;
}


function validate120(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="AdjustmentUpdate" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.id === undefined) && (missing0 = "id")){
validate120.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func2.call(schema47.properties, key0))){
validate120.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
validate120.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
let data1 = data.type;
const _errs4 = errors;
if(typeof data1 !== "string"){
validate120.errors = [{instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((((((data1 === "refund") || (data1 === "credit")) || (data1 === "return")) || (data1 === "exchange")) || (data1 === "price_adjustment")) || (data1 === "cancellation")) || (data1 === "dispute"))){
validate120.errors = [{instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema47.properties.type.enum}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.occurred_at !== undefined){
let data2 = data.occurred_at;
const _errs6 = errors;
if(errors === _errs6){
if(errors === _errs6){
if(typeof data2 === "string"){
if(!(formats2.test(data2))){
validate120.errors = [{instancePath:instancePath+"/occurred_at",keyword:"format",params:{format: "date-time"}}];
return false;
}
}
else {
validate120.errors = [{instancePath:instancePath+"/occurred_at",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data3 = data.status;
const _errs8 = errors;
if(typeof data3 !== "string"){
validate120.errors = [{instancePath:instancePath+"/status",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((data3 === "pending") || (data3 === "completed")) || (data3 === "failed"))){
validate120.errors = [{instancePath:instancePath+"/status",keyword:"enum",params:{allowedValues: schema47.properties.status.enum}}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_items !== undefined){
let data4 = data.line_items;
const _errs10 = errors;
if(errors === _errs10){
if(Array.isArray(data4)){
var valid1 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
const _errs12 = errors;
if(!(validate114(data4[i0], {instancePath:instancePath+"/line_items/" + i0,parentData:data4,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate114.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs12 === errors;
if(!valid1){
break;
}
}
}
else {
validate120.errors = [{instancePath:instancePath+"/line_items",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.amount !== undefined){
let data6 = data.amount;
const _errs13 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate120.errors = [{instancePath:instancePath+"/amount",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs13){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
validate120.errors = [{instancePath:instancePath+"/amount",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.currency !== undefined){
const _errs15 = errors;
if(!(validate122(data.currency, {instancePath:instancePath+"/currency",parentData:data,parentDataProperty:"currency",rootData}))){
vErrors ??= [];
for (const error of validate122.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
const _errs16 = errors;
if(typeof data.description !== "string"){
validate120.errors = [{instancePath:instancePath+"/description",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
const _errs18 = errors;
if(typeof data.reason !== "string"){
validate120.errors = [{instancePath:instancePath+"/reason",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate120.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate120.errors = vErrors;
return errors === 0;
}

const schema49 = {"type":"object","additionalProperties":false,"required":["id","text"],"properties":{"id":{"type":"string","minLength":1,"maxLength":64},"text":{"type":"string","minLength":1,"maxLength":2000}},"$id":"OrderNote"};

function validate126(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderNote" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.id === undefined) && (missing0 = "id")) || ((data.text === undefined) && (missing0 = "text"))){
validate126.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "id") || (key0 === "text"))){
validate126.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.id !== undefined){
let data0 = data.id;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(func5(data0) > 64){
validate126.errors = [{instancePath:instancePath+"/id",keyword:"maxLength",params:{limit: 64}}];
return false;
}
else {
if(func5(data0) < 1){
validate126.errors = [{instancePath:instancePath+"/id",keyword:"minLength",params:{limit: 1}}];
return false;
}
}
}
else {
validate126.errors = [{instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.text !== undefined){
let data1 = data.text;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(func5(data1) > 2000){
validate126.errors = [{instancePath:instancePath+"/text",keyword:"maxLength",params:{limit: 2000}}];
return false;
}
else {
if(func5(data1) < 1){
validate126.errors = [{instancePath:instancePath+"/text",keyword:"minLength",params:{limit: 1}}];
return false;
}
}
}
else {
validate126.errors = [{instancePath:instancePath+"/text",keyword:"type",params:{type: "string"}}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate126.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate126.errors = vErrors;
return errors === 0;
}


function validate101(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderUpdate" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.orderId === undefined) && (missing0 = "orderId")){
validate101.errors = [{instancePath,keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "orderId") || (key0 === "status")) || (key0 === "line_items")) || (key0 === "fulfillments")) || (key0 === "adjustments")) || (key0 === "estimated_delivery")) || (key0 === "notes")) || (key0 === "meta"))){
validate101.errors = [{instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.orderId !== undefined){
const _errs2 = errors;
if(typeof data.orderId !== "string"){
validate101.errors = [{instancePath:instancePath+"/orderId",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data1 = data.status;
const _errs4 = errors;
if(typeof data1 !== "string"){
validate101.errors = [{instancePath:instancePath+"/status",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((((((data1 === "created") || (data1 === "confirmed")) || (data1 === "manual_review")) || (data1 === "processing")) || (data1 === "shipped")) || (data1 === "completed")) || (data1 === "canceled"))){
validate101.errors = [{instancePath:instancePath+"/status",keyword:"enum",params:{allowedValues: schema39.properties.status.enum}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_items !== undefined){
let data2 = data.line_items;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
const _errs8 = errors;
if(!(validate102(data2[i0], {instancePath:instancePath+"/line_items/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate102.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid1 = _errs8 === errors;
if(!valid1){
break;
}
}
}
else {
validate101.errors = [{instancePath:instancePath+"/line_items",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillments !== undefined){
let data4 = data.fulfillments;
const _errs9 = errors;
if(errors === _errs9){
if(Array.isArray(data4)){
var valid2 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
const _errs11 = errors;
if(!(validate113(data4[i1], {instancePath:instancePath+"/fulfillments/" + i1,parentData:data4,parentDataProperty:i1,rootData}))){
vErrors ??= [];
for (const error of validate113.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid2 = _errs11 === errors;
if(!valid2){
break;
}
}
}
else {
validate101.errors = [{instancePath:instancePath+"/fulfillments",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.adjustments !== undefined){
let data6 = data.adjustments;
const _errs12 = errors;
if(errors === _errs12){
if(Array.isArray(data6)){
var valid3 = true;
const len2 = data6.length;
for(let i2=0; i2<len2; i2++){
const _errs14 = errors;
if(!(validate120(data6[i2], {instancePath:instancePath+"/adjustments/" + i2,parentData:data6,parentDataProperty:i2,rootData}))){
vErrors ??= [];
for (const error of validate120.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid3 = _errs14 === errors;
if(!valid3){
break;
}
}
}
else {
validate101.errors = [{instancePath:instancePath+"/adjustments",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.estimated_delivery !== undefined){
const _errs15 = errors;
if(!(validate117(data.estimated_delivery, {instancePath:instancePath+"/estimated_delivery",parentData:data,parentDataProperty:"estimated_delivery",rootData}))){
vErrors ??= [];
for (const error of validate117.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.notes !== undefined){
let data9 = data.notes;
const _errs16 = errors;
if(errors === _errs16){
if(Array.isArray(data9)){
var valid4 = true;
const len3 = data9.length;
for(let i3=0; i3<len3; i3++){
const _errs18 = errors;
if(!(validate126(data9[i3], {instancePath:instancePath+"/notes/" + i3,parentData:data9,parentDataProperty:i3,rootData}))){
vErrors ??= [];
for (const error of validate126.errors) vErrors.push(error);
errors = vErrors.length;
}
var valid4 = _errs18 === errors;
if(!valid4){
break;
}
}
}
else {
validate101.errors = [{instancePath:instancePath+"/notes",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.meta !== undefined){
let data11 = data.meta;
const _errs19 = errors;
if(!(data11 && typeof data11 == "object" && !Array.isArray(data11))){
validate101.errors = [{instancePath:instancePath+"/meta",keyword:"type",params:{type: "object"}}];
return false;
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate101.errors = [{instancePath,keyword:"type",params:{type: "object"}}];
return false;
}
}
validate101.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^\\d{4}-\\d{2}-\\d{2}$": "must be a date such as 2026-04-17",
    "^[a-z][a-z0-9_-]*(@\\d{4}-\\d{2}-\\d{2})?$|^[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_-]*)+(@\\d{4}-\\d{2}-\\d{2})?$": "must be names of lower-case letters, digits, _ and -, joined by dots, with or without @ and a date",
    "^\\$\\.[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9_]*)*$": "must be a path such as $.CheckoutSession.discounts",
    "^[a-z]{3}$": "must be an ISO 4217 code in lower case"
};
